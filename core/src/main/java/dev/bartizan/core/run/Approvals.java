package dev.bartizan.core.run;

import dev.bartizan.core.AiSystem;
import dev.bartizan.core.Attributes;
import dev.bartizan.core.Decision;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The decisions of a system and which of them count. `profile.owners` and the file that
/// `profile.owners-file` names say who may decide; with `profile.four-eyes` an acceptance needs a
/// second owner. A decision that does not count leaves its threat open.
public final class Approvals {
    private final AiSystem system;
    private final List<Decision> decisions;
    private final List<String> owners;
    private final Optional<OwnersFile> file;
    private final String unreadable;
    private final boolean needsFourEyes;

    private Approvals(AiSystem system, Optional<OwnersFile> file, String unreadable) {
        Attributes profile = system.profile();
        this.system = system;
        this.decisions = system.decisions();
        this.owners = profile.texts("owners").stream().map(OwnersFile::plain).toList();
        this.file = file;
        this.unreadable = unreadable;
        this.needsFourEyes = profile.isTrue("four-eyes");
    }

    /// Reads what the system file says about owners. A list of owners that cannot be read lets no
    /// decision count.
    public static Approvals of(AiSystem system) {
        Optional<String> name = system.profile().text("owners-file");
        if (name.isEmpty()) {
            return new Approvals(system, Optional.empty(), "");
        }
        try {
            return new Approvals(system, Optional.of(OwnersFile.read(system, name.get())), "");
        } catch (IOException e) {
            String why = "the list of owners " + name.get() + " cannot be read: ";
            return new Approvals(system, Optional.empty(), why + e.getMessage());
        }
    }

    /// The decision about a threat: of several one that counts, then the one that holds longest.
    Optional<Decision> on(String threat, String element) {
        return decisions.stream()
                .filter(decision -> decision.threat().equals(threat))
                .max(
                        Comparator.comparing((Decision decision) ->
                                        objection(decision, element).isEmpty())
                                .thenComparing(Decision::until));
    }

    /// Why a decision about a threat at that element does not count; empty when it does.
    ///
    /// @param element id of the element the threat is at
    public Optional<String> objection(Decision decision, String element) {
        if (!unreadable.isEmpty()) {
            return Optional.of(unreadable);
        }
        Optional<String> unknown = unknown(decision.owner(), element);
        if (unknown.isPresent()) {
            return unknown;
        }
        return decision.action() == Decision.Action.ACCEPT && needsFourEyes
                ? second(decision, element)
                : Optional.empty();
    }

    private Optional<String> second(Decision decision, String element) {
        String second = decision.second();
        if (second.isBlank()) {
            return Optional.of("four eyes are asked for and nobody else has signed (second:)");
        }
        if (OwnersFile.plain(second).equals(OwnersFile.plain(decision.owner()))) {
            return Optional.of("four eyes are asked for and " + second + " signed twice");
        }
        return unknown(second, element);
    }

    private Optional<String> unknown(String name, String element) {
        if (owners.isEmpty() && file.isEmpty()) {
            return Optional.empty();
        }
        String plain = OwnersFile.plain(name);
        if (owners.contains(plain)) {
            return Optional.empty();
        }
        List<String> named = new ArrayList<>(owners);
        String where = "profile.owners";
        if (file.isPresent()) {
            Optional<OwnersFile.Line> line = system.element(element).flatMap(file.get()::line);
            line.ifPresent(found -> named.addAll(found.owners()));
            where = file.get().name() + line.map(found -> " line " + found.number()).orElse("");
        }
        if (named.contains(plain)) {
            return Optional.empty();
        }
        String who = named.isEmpty() ? "nobody" : String.join(", ", named);
        return Optional.of(
                "%s is no owner of %s; %s names %s".formatted(name, element, where, who));
    }

    /// What is wrong with decisions about threats at these elements, one sentence each.
    ///
    /// @param at element by threat
    public List<String> notes(Map<String, String> at) {
        List<String> notes = new ArrayList<>();
        for (Decision decision : decisions) {
            String element = at.getOrDefault(decision.threat(), "");
            if (!element.isEmpty()) {
                objection(decision, element)
                        .ifPresent(why ->
                                notes.add(
                                        "The decision at %s to %s %s does not count: %s"
                                                .formatted(
                                                        decision.place(),
                                                        decision.action().word(),
                                                        decision.threat(),
                                                        why)));
            }
        }
        return notes;
    }
}
