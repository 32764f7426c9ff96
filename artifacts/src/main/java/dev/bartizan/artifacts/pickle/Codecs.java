package dev.bartizan.artifacts.pickle;

import dev.bartizan.artifacts.pickle.Value.Bytes;
import dev.bartizan.artifacts.pickle.Value.Group;
import dev.bartizan.artifacts.pickle.Value.Text;
import dev.bartizan.artifacts.pickle.Value.Whole;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/// Text and bytes turned into one another as Python does it. What would come out differently here,
/// or not at all, is not worked out: a codec that is not known, bytes that do not fit it, a way to
/// treat errors.
final class Codecs {
    private static final int MOST_BYTES = 1 << 20;

    private Codecs() {}

    static @Nullable Value encode(Value value, @Nullable Value codec, int arguments) {
        if (!(value instanceof Text text) || !text.isWhole() || arguments > 2) {
            return null;
        }
        if (name(codec).equals("rot13")) {
            return Folding.text(rot13(text.value()));
        }
        Optional<Charset> charset = charset(name(codec));
        if (charset.isEmpty()) {
            return null;
        }
        try {
            ByteBuffer bytes = charset.get().newEncoder().encode(CharBuffer.wrap(text.value()));
            byte[] copy = new byte[bytes.remaining()];
            bytes.get(copy);
            return Folding.bytes(copy);
        } catch (CharacterCodingException e) {
            return null;
        }
    }

    static @Nullable Value decode(Value value, @Nullable Value codec, int arguments) {
        byte @Nullable [] data = Folding.data(value);
        if (data == null || arguments > 2) {
            return null;
        }
        return switch (name(codec)) {
            case "rot13" -> Folding.text(rot13(new String(data, StandardCharsets.UTF_8)));
            case "hex" -> hex(value);
            case "base64" -> base64(value, false);
            case "zlib", "zip" -> inflate(value);
            default -> decoded(data, name(codec));
        };
    }

    private static @Nullable Value decoded(byte[] data, String name) {
        Optional<Charset> charset = charset(name);
        if (charset.isEmpty()) {
            return null;
        }
        try {
            return Folding.text(
                    charset.get().newDecoder().decode(ByteBuffer.wrap(data)).toString());
        } catch (CharacterCodingException e) {
            return null;
        }
    }

    /// A codec's name without what Python ignores in it.
    private static String name(@Nullable Value codec) {
        if (codec == null) {
            return "utf8";
        }
        return codec instanceof Text text
                ? text.value()
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[-_ ]", "")
                        .replaceFirst("codec$", "")
                : "";
    }

    private static Optional<Charset> charset(String name) {
        return switch (name) {
            case "utf8", "u8", "utf", "cp65001" -> Optional.of(StandardCharsets.UTF_8);
            case "ascii", "usascii", "646" -> Optional.of(StandardCharsets.US_ASCII);
            case "latin1", "latin", "l1", "iso88591", "8859", "cp819" ->
                    Optional.of(StandardCharsets.ISO_8859_1);
            case "utf16le" -> Optional.of(StandardCharsets.UTF_16LE);
            case "utf16be" -> Optional.of(StandardCharsets.UTF_16BE);
            case "utf32le" -> Optional.of(StandardCharsets.UTF_32LE);
            case "utf32be" -> Optional.of(StandardCharsets.UTF_32BE);
            default -> Optional.empty();
        };
    }

    static @Nullable Value bytesOf(Value value, @Nullable Value codec, int arguments) {
        if (codec != null) {
            return encode(value, codec, arguments);
        }
        if (value instanceof Group group
                && group.isWhole()
                && (group.kind == Group.Kind.LIST || group.kind == Group.Kind.TUPLE)
                && group.items().stream()
                        .allMatch(item ->
                                item instanceof Whole whole
                                        && whole.value() >= 0
                                        && whole.value() < 256)) {
            byte[] data = new byte[group.items().size()];
            for (int i = 0; i < data.length; i++) {
                data[i] = (byte) ((Whole) group.items().get(i)).value();
            }
            return Folding.bytes(data);
        }
        return value instanceof Bytes ? value : null;
    }

    /// Python leaves out what is not of the alphabet.
    static @Nullable Value base64(Value value, boolean isForUrls) {
        byte @Nullable [] data = Folding.data(value);
        if (data == null) {
            return null;
        }
        String text = new String(data, StandardCharsets.ISO_8859_1);
        String clean = isForUrls ? text.replace('-', '+').replace('_', '/') : text;
        try {
            return Folding.bytes(
                    Base64.getDecoder().decode(clean.replaceAll("[^A-Za-z0-9+/=]", "")));
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    static @Nullable Value hex(Value value) {
        byte @Nullable [] data = Folding.data(value);
        try {
            return data == null
                    ? null
                    : Folding.bytes(
                            HexFormat.of()
                                    .parseHex(
                                            new String(data, StandardCharsets.ISO_8859_1)
                                                    .replaceAll("[ \\t\\n]", "")));
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    static @Nullable Value inflate(Value value) {
        byte @Nullable [] data = Folding.data(value);
        if (data == null) {
            return null;
        }
        Inflater inflater = new Inflater();
        inflater.setInput(data);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        byte[] block = new byte[8192];
        try {
            while (!inflater.finished() && out.size() < MOST_BYTES) {
                int n = inflater.inflate(block);
                if (n == 0) {
                    return null;
                }
                out.write(block, 0, n);
            }
            return inflater.finished() ? Folding.bytes(out.toByteArray()) : null;
        } catch (DataFormatException e) {
            return null;
        } finally {
            inflater.end();
        }
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
}
