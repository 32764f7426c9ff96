package dev.bartizan.artifacts.pickle;

import dev.bartizan.artifacts.pickle.Value.Imported;
import dev.bartizan.artifacts.pickle.Value.Made;
import dev.bartizan.artifacts.spi.Need;
import dev.bartizan.artifacts.text.CodeInText;
import dev.bartizan.core.Severity;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What was heard of one pickle: concerns, and a readable account in order.
final class Reading implements PickleEvents {
    private static final int MOST_CONCERNS = 200;
    private static final int MOST_REACHES = 500;
    private static final int MOST_DATA = 20_000;
    private static final int MOST_NEEDS = 100_000;
    private static final int SHORTEST_DATA_BYTES = 6;

    private static final Set<String> PROGRAM_KEYS =
            Set.of(
                    "code",
                    "script",
                    "source",
                    "source_code",
                    "payload",
                    "exec",
                    "command",
                    "cmd",
                    "program",
                    "bootstrap",
                    "startup",
                    "on_load",
                    "init_code",
                    "hook",
                    "lambda",
                    "function",
                    "function_code",
                    "python",
                    "shell",
                    "run",
                    "loader");

    private final Judge judge = new Judge();
    private final Map<String, Concern> concerns = new LinkedHashMap<>();
    private final Map<Long, Concern> unsettled = new LinkedHashMap<>();
    private final Account account = new Account();
    private final List<Value> data = new ArrayList<>();
    private final List<Need> needs = new ArrayList<>();
    private final Map<String, Long> storagesOfOld = new HashMap<>();
    private final List<Imported> lastNames = new ArrayList<>();
    private final Set<Name> named = new LinkedHashSet<>();
    private @Nullable Concern worst;
    private long imports;
    private long calls;

    Collection<Concern> concerns() {
        settle();
        return concerns.values();
    }

    /// What was named and not called with anything harmless counts as named.
    private void settle() {
        unsettled.values().forEach(this::concern);
        unsettled.clear();
    }

    /// What loading would do, line by line.
    Account account() {
        return account;
    }

    /// What it imports, a short text each.
    Set<String> reaches() {
        Set<String> reaches = new HashSet<>();
        for (Name name : named) {
            reaches.add("pickle-import " + name.shown());
        }
        return reaches;
    }

    /// What it asks its container for.
    List<Need> needs() {
        return needs;
    }

    /// Bytes of each storage that follows the pickles of an old file, by its key; 0 when unknown.
    Map<String, Long> storagesOfOld() {
        return storagesOfOld;
    }

    /// Data that may hold something.
    List<Value> data() {
        return data;
    }

    /// Whether anything is imported or called.
    boolean isActive() {
        return imports + calls > 0;
    }

    long imports() {
        return imports;
    }

    long calls() {
        return calls;
    }

    /// Keeps a concern while there is room. One that is worse than all others so far always finds
    /// room: many slight ones must not hide it.
    void concern(Concern concern) {
        String key = concern.rule().id() + " " + concern.about();
        Concern known = concerns.get(key);
        boolean isWorse = known == null || isWorse(concern, known);
        boolean isWorst = worst == null || isWorse(concern, worst);
        boolean hasRoom =
                concerns.size() < MOST_CONCERNS || concern.severity().isAtLeast(Severity.HIGH);
        if (isWorse && (known != null || hasRoom || isWorst)) {
            concerns.put(key, concern);
            worst = isWorst ? concern : worst;
        }
    }

    private static boolean isWorse(Concern one, Concern other) {
        return one.severity().compareTo(other.severity()) > 0;
    }

    /// The pickle broke off: what was named last counts even though it was not called.
    void brokeOff() {
        for (Imported name : lastNames) {
            judge.namedBeforeTheEnd(name).ifPresent(this::concern);
        }
    }

    @Override
    public void imported(Imported name) {
        imports++;
        if (named.size() < MOST_REACHES) {
            named.add(name.what().brief());
        }
        if (lastNames.size() < MOST_CONCERNS) {
            lastNames.add(name);
        }
        Optional<Concern> concern = judge.named(name);
        if (concern.isPresent() && judge.isSettledByCall(name)) {
            unsettled.put(name.offset(), concern.get());
            account.imported(name, Optional.empty());
        } else {
            account.imported(name, noted(concern));
        }
    }

    /// Keeps a concern, and hands it on to whoever tells of it.
    private Optional<Concern> noted(Optional<Concern> concern) {
        concern.ifPresent(this::concern);
        return concern;
    }

    @Override
    public void called(Made made, Value result) {
        calls++;
        lastNames.clear();
        Optional<Concern> concern =
                judge.called(made.callable, made.arguments, made.how, made.offset);
        if (concern.isEmpty() && made.callable instanceof Imported name) {
            unsettled.remove(name.offset());
        }
        typesGiven(made);
        contradicts(made.offset, Mismatches.called(made));
        account.called(made, noted(concern));
        if (result instanceof Imported name && !name.name().isEmpty()) {
            Imported here = new Imported(name.what(), made.offset);
            account.which(made.offset, name.what().shown(), noted(judge.named(here)));
        }
    }

    /// A class that reads a file is harmless as the type of an array; handed to anything else it is
    /// as good as named.
    private void typesGiven(Made made) {
        for (Value given : made.positional()) {
            if (!(given instanceof Imported type) || !Judge.isMapOfFile(type)) {
                continue;
            }
            if (Judge.makesArray(made.callable)) {
                unsettled.remove(type.offset());
            } else {
                judge.named(type).ifPresent(concern -> unsettled.put(type.offset(), concern));
            }
        }
    }

    /// joblib writes the type of an array beside where its numbers stand, and makes such an array.
    private void typeOfArray(Value object, Value state) {
        boolean isWrapper =
                object instanceof Made made
                        && made.callable instanceof Imported maker
                        && Names.canonical(maker).equals("joblib.numpy_pickle.NumpyArrayWrapper");
        if (isWrapper && state instanceof Value.Group attributes) {
            for (int i = 0; i + 1 < attributes.items().size(); i += 2) {
                boolean isType =
                        attributes.items().get(i) instanceof Value.Text key
                                && key.value().equals("subclass");
                if (isType
                        && attributes.items().get(i + 1) instanceof Imported type
                        && Judge.isMapOfFile(type)) {
                    unsettled.remove(type.offset());
                }
            }
        }
    }

    @Override
    public void stateSet(Value object, Value state, long offset) {
        typeOfArray(object, state);
        contradicts(offset, Mismatches.state(object, state));
        account.stateSet(
                object, state, offset, noted(StateRules.set(judge, object, state, offset)));
    }

    @Override
    public void itemsPut(Value object, String method, long offset) {
        account.itemsPut(
                object, method, offset, noted(StateRules.put(judge, object, method, offset)));
    }

    @Override
    public void persistent(Value id, long offset) {
        account.persistent(offset, id);
        if (needs.size() < MOST_NEEDS) {
            StorageClaims.need(id).ifPresent(needs::add);
        }
        if (storagesOfOld.size() < MOST_NEEDS) {
            StorageClaims.needOfOld(id)
                    .ifPresent(need -> storagesOfOld.merge(need.part(), need.bytes(), Math::max));
        }
    }

    @Override
    public void extension(long code, long offset) {
        calls++;
        account.extension(offset, code);
        concern(
                new Concern(
                        PickleRules.EXTENSION,
                        Severity.MEDIUM,
                        offset,
                        "extension " + code,
                        "Fetches what the loading program registered under number " + code));
    }

    @Override
    public void data(Value value, long offset) {
        if (value.dataBytes() >= SHORTEST_DATA_BYTES && data.size() < MOST_DATA) {
            data.add(value);
        }
    }

    @Override
    public void named(String key, Value value, long offset) {
        if (!PROGRAM_KEYS.contains(key.toLowerCase(Locale.ROOT))) {
            return;
        }
        byte[] content = Folding.data(value);
        Optional<String> call =
                content == null
                        ? Optional.empty()
                        : CodeInText.call(new String(content, StandardCharsets.UTF_8));
        call.ifPresent(found ->
                concern(
                        new Concern(
                                PickleRules.CARRIES,
                                Severity.HIGH,
                                offset,
                                key,
                                "Carries a program under the name \"" + key + "\": " + found)));
    }

    @Override
    public void odd(long offset, String message) {
        account.note(offset, message);
        concern(new Concern(PickleRules.AMBIGUOUS, Severity.MEDIUM, offset, message, message));
    }

    @Override
    public void broken(long offset, String message) {
        account.note(offset, "Python would raise here: " + message);
        concern(new Concern(PickleRules.BROKEN, Severity.MEDIUM, offset, message, message));
    }

    @Override
    public void missing(long offset, String message) {
        contradicts(offset, message);
    }

    /// What no loader makes, and no program either: an honest file that was damaged.
    private void contradicts(long offset, String message) {
        if (!message.isEmpty()) {
            account.note(offset, message);
            concern(new Concern(PickleRules.BROKEN, Severity.LOW, offset, message, message));
        }
    }

    Optional<Severity> worst() {
        settle();
        return Optional.ofNullable(worst).map(Concern::severity);
    }
}
