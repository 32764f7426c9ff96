package dev.bartizan.artifacts.pickle;

import dev.bartizan.artifacts.pickle.Value.Attribute;
import dev.bartizan.artifacts.pickle.Value.Bytes;
import dev.bartizan.artifacts.pickle.Value.Group;
import dev.bartizan.artifacts.pickle.Value.Imported;
import dev.bartizan.artifacts.pickle.Value.Made;
import dev.bartizan.artifacts.pickle.Value.Text;
import dev.bartizan.artifacts.pickle.Value.Whole;
import dev.bartizan.artifacts.spi.LazyPattern;
import dev.bartizan.formats.ByteSource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Works out calls whose result is plain data or a name, so that what is hidden behind joined,
/// encoded or looked-up strings comes to light. Only pure functions, only small data.
final class Folding {
    private static final int MOST_BYTES = 1 << 20;
    private static final int MOST_PARTS = 4096;
    private static final LazyPattern FIELD = LazyPattern.of("\\{([0-9]?)\\}");

    private Folding() {}

    /// The result of the call; empty when it cannot be worked out.
    static Optional<Value> fold(Made made) {
        List<Value> arguments = made.positional();
        return Optional.ofNullable(
                switch (made.callable) {
                    case Imported imported -> imported(imported, arguments);
                    case Attribute attribute -> method(attribute, arguments);
                    case Made maker -> secondCall(maker, arguments);
                    default -> null;
                });
    }

    /// How much a call has to go through: characters, bytes and items of its arguments.
    static long work(Made made) {
        long work = made.callable instanceof Attribute attribute ? work(attribute.of(), 0) : 0;
        for (Value argument : made.positional()) {
            work += work(argument, 0);
        }
        return work;
    }

    private static long work(Value value, int depth) {
        return switch (value) {
            case Text text -> text.value().length();
            case Bytes bytes -> Math.min(bytes.bytes().size(), MOST_BYTES);
            case Group group when depth == 0 -> {
                long work = group.items().size();
                for (Value item : group.items()) {
                    work += work(item, depth + 1);
                }
                yield work;
            }
            case Group group -> group.items().size();
            case Value.Plain _,
                    Whole _,
                    Imported _,
                    Attribute _,
                    Value.Persistent _,
                    Value.Extension _,
                    Value.Unknown _,
                    Made _ ->
                    1;
        };
    }

    private static @Nullable Value imported(Imported callable, List<Value> arguments) {
        if (arguments.isEmpty()) {
            return null;
        }
        Value first = arguments.getFirst();
        @Nullable Value second = arguments.size() > 1 ? arguments.get(1) : null;
        return switch (Names.canonical(callable)) {
            case "builtins.getattr" -> second == null ? null : attribute(first, second);
            case "builtins.__import__",
                    "importlib.import_module",
                    "importlib.__import__",
                    "importlib._bootstrap._gcd_import",
                    "dill._dill._import_module",
                    "cloudpickle.cloudpickle.subimport" ->
                    module(callable, first);
            case "numpy.core._ufunc_reconstruct", "numpy._core._ufunc_reconstruct" ->
                    second == null ? null : ofModule(callable, first, second);
            case "pkgutil.resolve_name", "pydoc.locate" -> resolved(callable, first);
            case "dill._dill._load_type", "dill._dill._get_attr", "dill._dill._getattribute" ->
                    second == null ? dillType(callable, first) : attribute(first, second);
            case "cloudpickle.cloudpickle._builtin_type" -> dillType(callable, first);
            case "_codecs.encode", "codecs.encode", "builtins.str.encode" ->
                    Codecs.encode(first, second, arguments.size());
            case "_codecs.decode",
                    "codecs.decode",
                    "builtins.bytes.decode",
                    "builtins.bytearray.decode" ->
                    Codecs.decode(first, second, arguments.size());
            case "builtins.str" ->
                    second != null
                            ? Codecs.decode(first, second, arguments.size())
                            : first instanceof Text ? first : null;
            case "builtins.bytes", "builtins.bytearray" ->
                    Codecs.bytesOf(first, second, arguments.size());
            case "base64.b64decode",
                    "base64.standard_b64decode",
                    "base64.decodebytes",
                    "binascii.a2b_base64" ->
                    arguments.size() == 1 ? Codecs.base64(first, false) : null;
            case "base64.urlsafe_b64decode" -> Codecs.base64(first, true);
            case "binascii.unhexlify",
                    "binascii.a2b_hex",
                    "base64.b16decode",
                    "builtins.bytes.fromhex",
                    "builtins.bytearray.fromhex" ->
                    Codecs.hex(first);
            case "zlib.decompress" -> arguments.size() == 1 ? Codecs.inflate(first) : null;
            case "builtins.chr" ->
                    first instanceof Whole whole
                                    && whole.value() >= 0
                                    && whole.value() <= Character.MAX_CODE_POINT
                            ? text(Character.toString((int) whole.value()))
                            : null;
            case "builtins.tuple" -> copied(Group.Kind.TUPLE, first);
            case "builtins.list" -> copied(Group.Kind.LIST, first);
            case "builtins.reversed" -> reversed(first);
            case "operator.add",
                    "operator.concat",
                    "operator.iadd",
                    "operator.iconcat",
                    "operator.__add__",
                    "operator.__concat__",
                    "operator.__iadd__",
                    "builtins.str.__add__" ->
                    second == null ? null : joined(List.of(first, second), "");
            case "operator.getitem", "operator.__getitem__" ->
                    second == null ? null : item(first, second);
            case "builtins.str.join" -> second == null ? null : join(first, second);
            case "builtins.str.lower", "builtins.str.casefold" ->
                    turned(arguments, t -> t.toLowerCase(Locale.ROOT));
            case "builtins.str.upper" -> turned(arguments, t -> t.toUpperCase(Locale.ROOT));
            case "builtins.str.swapcase" -> turned(arguments, Folding::swapped);
            case "builtins.str.strip" -> turned(arguments, String::strip);
            case "builtins.str.lstrip" -> turned(arguments, String::stripLeading);
            case "builtins.str.rstrip" -> turned(arguments, String::stripTrailing);
            case "builtins.str.replace" -> replace(arguments);
            case "builtins.str.format" -> format(first, arguments.subList(1, arguments.size()));
            case "builtins.str.split" -> split(arguments);
            default -> null;
        };
    }

    private static @Nullable Value method(Attribute attribute, List<Value> arguments) {
        if (!(attribute.of() instanceof Text) && !(attribute.of() instanceof Bytes)) {
            return null;
        }
        List<Value> all = new ArrayList<>();
        all.add(attribute.of());
        all.addAll(arguments);
        String type = attribute.of() instanceof Text ? "str." : "bytes.";
        return imported(new Imported("builtins", type + attribute.name(), 0), all);
    }

    /// `attrgetter("a.b")(x)`, `methodcaller("f")(x)`, `itemgetter("k")(x)`.
    private static @Nullable Value secondCall(Made maker, List<Value> arguments) {
        if (!(maker.callable instanceof Imported imported)
                || arguments.isEmpty()
                || maker.positional().isEmpty()) {
            return null;
        }
        return switch (Names.canonical(imported)) {
            case "operator.attrgetter" ->
                    attribute(arguments.getFirst(), maker.positional().getFirst());
            case "operator.itemgetter" -> item(arguments.getFirst(), maker.positional().getFirst());
            default -> null;
        };
    }

    static @Nullable Value attribute(Value of, Value name) {
        if (!(name instanceof Text text) || !text.isWhole()) {
            return null;
        }
        return of instanceof Imported imported
                ? new Imported(
                        imported.module(),
                        imported.name().isEmpty()
                                ? text.value()
                                : imported.name() + "." + text.value(),
                        imported.offset())
                : new Attribute(of, text.value());
    }

    private static @Nullable Value module(Imported by, Value name) {
        return name instanceof Text text
                ? new Imported(text.value().replace(':', '.'), "", by.offset())
                : null;
    }

    private static @Nullable Value ofModule(Imported by, Value module, Value name) {
        return module instanceof Text moduleText
                        && moduleText.isWhole()
                        && name instanceof Text nameText
                        && nameText.isWhole()
                ? new Imported(moduleText.value(), nameText.value(), by.offset())
                : null;
    }

    /// A name with its module in one text: `os:system`, `os.system`.
    private static @Nullable Value resolved(Imported by, Value name) {
        if (!(name instanceof Text text) || !text.isWhole()) {
            return null;
        }
        int colon = text.value().indexOf(':');
        int split = colon >= 0 ? colon : text.value().lastIndexOf('.');
        return split < 0
                ? new Imported(text.value(), "", by.offset())
                : new Imported(
                        text.value().substring(0, split),
                        text.value().substring(split + 1),
                        by.offset());
    }

    /// Types that dill and cloudpickle know by the names of `types` and the builtins.
    private static @Nullable Value dillType(Imported by, Value name) {
        if (!(name instanceof Text text) || !text.isWhole()) {
            return null;
        }
        boolean isOfTypes = text.value().matches("(Code|Function|Lambda|Cell|Module|Method)Type");
        return new Imported(isOfTypes ? "types" : "builtins", text.value(), by.offset());
    }

    private static @Nullable Value copied(Group.Kind kind, Value from) {
        return from instanceof Group group && group.isWhole() && group.kind != Group.Kind.DICT
                ? new Group(kind, group.items())
                : null;
    }

    private static @Nullable Value item(Value from, Value key) {
        if (from instanceof Group group && group.isWhole()) {
            return group.kind == Group.Kind.DICT ? valueOf(group, key) : itemAt(group, key);
        }
        if (from instanceof Text text && text.isWhole() && key instanceof Whole whole) {
            int size = text.value().codePointCount(0, text.value().length());
            long index = whole.value() < 0 ? size + whole.value() : whole.value();
            return index < 0 || index >= size
                    ? null
                    : text(
                            Character.toString(
                                    text.value()
                                            .codePointAt(
                                                    text.value()
                                                            .offsetByCodePoints(0, (int) index))));
        }
        if (from instanceof Imported imported
                && key instanceof Text text
                && imported.name().matches("(.*\\.)?(__dict__|__builtins__|__globals__|modules)")) {
            return imported.dotted().equals("sys.modules")
                    ? new Imported(text.value(), "", imported.offset())
                    : new Imported(imported.module(), text.value(), imported.offset());
        }
        return null;
    }

    private static @Nullable Value itemAt(Group group, Value key) {
        if (!(key instanceof Whole whole)
                || (group.kind != Group.Kind.TUPLE && group.kind != Group.Kind.LIST)) {
            return null;
        }
        long index = whole.value() < 0 ? group.items().size() + whole.value() : whole.value();
        return index >= 0 && index < group.items().size() ? group.items().get((int) index) : null;
    }

    /// The last value under a key of a dictionary.
    private static @Nullable Value valueOf(Group group, Value key) {
        @Nullable Value found = null;
        for (int i = 0; i + 1 < group.items().size(); i += 2) {
            Value here = group.items().get(i);
            boolean isSameText =
                    here instanceof Text a && key instanceof Text b && a.value().equals(b.value());
            found = isSameText || here.equals(key) ? group.items().get(i + 1) : found;
        }
        return found;
    }

    private static @Nullable Value join(Value separator, Value parts) {
        return separator instanceof Text text
                        && text.isWhole()
                        && parts instanceof Group group
                        && (group.kind == Group.Kind.LIST || group.kind == Group.Kind.TUPLE)
                        && group.isWhole()
                ? joined(group.items(), text.value())
                : null;
    }

    private static @Nullable Value joined(List<Value> parts, String separator) {
        if (parts.size() > MOST_PARTS
                || !parts.stream().allMatch(part -> part instanceof Text t && t.isWhole())) {
            return null;
        }
        return text(
                parts.stream()
                        .map(part -> ((Text) part).value())
                        .collect(Collectors.joining(separator)));
    }

    private static @Nullable Value reversed(Value value) {
        if (value instanceof Text text && text.isWhole()) {
            return new Group(
                    Group.Kind.LIST,
                    new StringBuilder(text.value())
                            .reverse()
                            .codePoints()
                            .<Value>mapToObj(c -> text(Character.toString(c)))
                            .toList());
        }
        return value instanceof Group group
                        && group.isWhole()
                        && (group.kind == Group.Kind.LIST || group.kind == Group.Kind.TUPLE)
                ? new Group(Group.Kind.LIST, group.items().reversed())
                : null;
    }

    private static @Nullable Value turned(List<Value> arguments, UnaryOperator<String> how) {
        return arguments.size() == 1 && arguments.getFirst() instanceof Text text && text.isWhole()
                ? text(how.apply(text.value()))
                : null;
    }

    private static String swapped(String text) {
        StringBuilder swapped = new StringBuilder();
        text.codePoints()
                .forEach(c ->
                        swapped.appendCodePoint(
                                Character.isUpperCase(c)
                                        ? Character.toLowerCase(c)
                                        : Character.toUpperCase(c)));
        return swapped.toString();
    }

    private static @Nullable Value split(List<Value> arguments) {
        if (arguments.size() != 2
                || !(arguments.get(0) instanceof Text text)
                || !(arguments.get(1) instanceof Text by)
                || !text.isWhole()
                || by.value().isEmpty()) {
            return null;
        }
        return new Group(
                Group.Kind.LIST,
                java.util.Arrays.stream(text.value().split(Pattern.quote(by.value()), -1))
                        .<Value>map(Folding::text)
                        .toList());
    }

    private static @Nullable Value replace(List<Value> arguments) {
        return arguments.size() == 3
                        && arguments.get(0) instanceof Text in
                        && arguments.get(1) instanceof Text old
                        && arguments.get(2) instanceof Text by
                        && in.isWhole()
                        && old.isWhole()
                        && by.isWhole()
                        && !old.value().isEmpty()
                        && in.value().length() * (1L + by.value().length()) < MOST_BYTES
                ? text(in.value().replace(old.value(), by.value()))
                : null;
    }

    /// Fields `{}` and `{0}` alone; anything more is not worked out.
    private static @Nullable Value format(Value pattern, List<Value> arguments) {
        if (!(pattern instanceof Text text) || text.value().length() > MOST_PARTS) {
            return null;
        }
        StringBuilder result = new StringBuilder();
        Matcher field = FIELD.matcher(text.value());
        int at = 0;
        int next = 0;
        while (field.find()) {
            result.append(text.value(), at, field.start());
            at = field.end();
            int index = field.group(1).isEmpty() ? next++ : Integer.parseInt(field.group(1));
            if (index >= arguments.size()
                    || !(arguments.get(index) instanceof Text part)
                    || part.value().length() > MOST_PARTS) {
                return null;
            }
            result.append(part.value());
        }
        result.append(text.value(), at, text.value().length());
        return text.value().replaceAll("\\{[0-9]?\\}", "").matches("[^{}]*")
                ? text(result.toString())
                : null;
    }

    static byte @Nullable [] data(Value value) {
        if (value instanceof Text text && text.isWhole()) {
            return text.value().getBytes(StandardCharsets.UTF_8);
        }
        if (value instanceof Bytes bytes && bytes.bytes().size() <= MOST_BYTES) {
            try {
                return bytes.bytes().bytes(0, MOST_BYTES);
            } catch (IOException e) {
                return null;
            }
        }
        return null;
    }

    static Text text(String value) {
        return new Text(value, true, ByteSource.of(value.getBytes(StandardCharsets.UTF_8)));
    }

    static Bytes bytes(byte[] data) {
        return new Bytes(ByteSource.of(data));
    }
}
