package dev.bartizan.artifacts.pickle;

import dev.bartizan.artifacts.pickle.Value.Attribute;
import dev.bartizan.artifacts.pickle.Value.Bytes;
import dev.bartizan.artifacts.pickle.Value.Group;
import dev.bartizan.artifacts.pickle.Value.Imported;
import dev.bartizan.artifacts.pickle.Value.Made;
import dev.bartizan.artifacts.pickle.Value.Text;
import dev.bartizan.artifacts.pickle.Value.Whole;
import dev.bartizan.formats.ByteSource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Works out calls whose result is plain data or a name, so that what is hidden behind joined,
/// encoded or looked-up strings comes to light. Only pure functions, only small data.
final class Folding {
    private static final int MOST_BYTES = 1 << 20;
    private static final int MOST_PARTS = 4096;

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
                    "pkgutil.resolve_name",
                    "dill._dill._import_module" ->
                    module(callable, first);
            case "_codecs.encode", "codecs.encode" -> encode(first, second);
            case "_codecs.decode", "codecs.decode", "builtins.str" -> decode(first, second);
            case "builtins.bytes", "builtins.bytearray" -> toBytes(first, second);
            case "base64.b64decode",
                    "base64.standard_b64decode",
                    "base64.urlsafe_b64decode",
                    "base64.decodebytes",
                    "binascii.a2b_base64" ->
                    base64(first);
            case "binascii.unhexlify", "binascii.a2b_hex", "base64.b16decode" -> hex(first);
            case "builtins.chr" ->
                    first instanceof Whole whole && Character.isValidCodePoint((int) whole.value())
                            ? text(Character.toString((int) whole.value()))
                            : null;
            case "builtins.tuple", "builtins.list" -> first instanceof Group group ? group : null;
            case "builtins.reversed" -> reversed(first);
            case "operator.add", "operator.concat", "operator.iadd", "operator.iconcat" ->
                    second == null ? null : joined(List.of(first, second), "");
            case "operator.getitem" -> second == null ? null : item(first, second);
            case "builtins.str.join" -> second == null ? null : join(first, second);
            case "builtins.bytes.decode" -> decode(first, second);
            case "builtins.str.encode" -> encode(first, second);
            case "builtins.str.lower" ->
                    first instanceof Text t
                            ? text(t.value().toLowerCase(java.util.Locale.ROOT))
                            : null;
            case "builtins.str.upper" ->
                    first instanceof Text t
                            ? text(t.value().toUpperCase(java.util.Locale.ROOT))
                            : null;
            case "builtins.str.strip" -> first instanceof Text t ? text(t.value().strip()) : null;
            case "builtins.str.replace" -> replace(arguments);
            case "builtins.str.format" -> format(first, arguments.subList(1, arguments.size()));
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
        if (!(name instanceof Text text)) {
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

    private static @Nullable Value item(Value from, Value key) {
        if (from instanceof Group group
                && key instanceof Whole whole
                && group.kind != Group.Kind.DICT) {
            int index =
                    (int)
                            (whole.value() < 0
                                    ? group.items().size() + whole.value()
                                    : whole.value());
            return index >= 0 && index < group.items().size() ? group.items().get(index) : null;
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

    private static @Nullable Value join(Value separator, Value parts) {
        return separator instanceof Text text && parts instanceof Group group && group.isWhole()
                ? joined(group.items(), text.value())
                : null;
    }

    private static @Nullable Value joined(List<Value> parts, String separator) {
        if (parts.size() > MOST_PARTS || !parts.stream().allMatch(Text.class::isInstance)) {
            return null;
        }
        return text(
                parts.stream()
                        .map(part -> ((Text) part).value())
                        .collect(Collectors.joining(separator)));
    }

    private static @Nullable Value reversed(Value value) {
        if (value instanceof Text text) {
            return new Group(
                    Group.Kind.LIST,
                    new StringBuilder(text.value())
                            .reverse()
                            .codePoints()
                            .<Value>mapToObj(c -> text(Character.toString(c)))
                            .toList());
        }
        return value instanceof Group group
                ? new Group(Group.Kind.LIST, group.items().reversed())
                : null;
    }

    private static @Nullable Value replace(List<Value> arguments) {
        return arguments.size() >= 3
                        && arguments.get(0) instanceof Text in
                        && arguments.get(1) instanceof Text old
                        && arguments.get(2) instanceof Text by
                        && !old.value().isEmpty()
                        && in.value().length() * (1L + by.value().length()) < MOST_BYTES
                ? text(in.value().replace(old.value(), by.value()))
                : null;
    }

    private static @Nullable Value format(Value pattern, List<Value> arguments) {
        if (!(pattern instanceof Text text) || text.value().length() > MOST_PARTS) {
            return null;
        }
        String result = text.value();
        for (Value argument : arguments) {
            if (!(argument instanceof Text part) || part.value().length() > MOST_PARTS) {
                return null;
            }
            result =
                    result.replaceFirst(
                            "\\{[0-9]?\\}", java.util.regex.Matcher.quoteReplacement(part.value()));
        }
        return text(result);
    }

    private static @Nullable Value encode(Value value, @Nullable Value codec) {
        if (!(value instanceof Text text) || !text.isWhole()) {
            return null;
        }
        String name =
                codec instanceof Text t ? t.value().toLowerCase(java.util.Locale.ROOT) : "utf-8";
        return switch (name) {
            case "latin1", "latin-1", "iso-8859-1" ->
                    bytes(text.value().getBytes(StandardCharsets.ISO_8859_1));
            case "rot13", "rot_13", "rot-13" -> text(rot13(text.value()));
            default -> bytes(text.value().getBytes(StandardCharsets.UTF_8));
        };
    }

    private static @Nullable Value decode(Value value, @Nullable Value codec) {
        String name =
                codec instanceof Text t ? t.value().toLowerCase(java.util.Locale.ROOT) : "utf-8";
        byte @Nullable [] data = data(value);
        if (data == null) {
            return null;
        }
        return switch (name) {
            case "rot13", "rot_13", "rot-13" ->
                    text(rot13(new String(data, StandardCharsets.UTF_8)));
            case "hex", "hex_codec" -> hex(value);
            case "base64", "base64_codec" -> base64(value);
            case "latin1", "latin-1", "iso-8859-1" ->
                    text(new String(data, StandardCharsets.ISO_8859_1));
            default -> text(new String(data, StandardCharsets.UTF_8));
        };
    }

    private static @Nullable Value toBytes(Value value, @Nullable Value codec) {
        if (value instanceof Group group
                && group.isWhole()
                && group.items().stream().allMatch(Whole.class::isInstance)) {
            byte[] data = new byte[group.items().size()];
            for (int i = 0; i < data.length; i++) {
                data[i] = (byte) ((Whole) group.items().get(i)).value();
            }
            return bytes(data);
        }
        return codec != null ? encode(value, codec) : value instanceof Bytes ? value : null;
    }

    private static @Nullable Value base64(Value value) {
        byte @Nullable [] data = data(value);
        if (data == null) {
            return null;
        }
        String clean =
                new String(data, StandardCharsets.ISO_8859_1).replace('-', '+').replace('_', '/');
        try {
            return bytes(Base64.getMimeDecoder().decode(clean));
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static @Nullable Value hex(Value value) {
        byte @Nullable [] data = data(value);
        try {
            return data == null
                    ? null
                    : bytes(
                            HexFormat.of()
                                    .parseHex(
                                            new String(data, StandardCharsets.ISO_8859_1).strip()));
        } catch (IllegalArgumentException e) {
            return null;
        }
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

    private static String rot13(String text) {
        StringBuilder turned = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            char base = Character.isUpperCase(c) ? 'A' : 'a';
            turned.append(
                    c < 128 && Character.isLetter(c) ? (char) ((c - base + 13) % 26 + base) : c);
        }
        return turned.toString();
    }

    static Text text(String value) {
        return new Text(value, true, ByteSource.of(value.getBytes(StandardCharsets.UTF_8)));
    }

    private static Bytes bytes(byte[] data) {
        return new Bytes(ByteSource.of(data));
    }
}
