package dev.bartizan.artifacts.keras;

import dev.bartizan.artifacts.text.CodeInText;
import dev.bartizan.formats.json.Json;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The function of a Lambda layer: a name, source text, or Python bytecode in base64. Bytecode is
/// not run; the names it uses stand in it as text.
///
/// @param kind what it is
/// @param call what it calls that reaches out
record LambdaCode(Kind kind, Optional<String> call) {
    private static final Pattern NAMES =
            Pattern.compile(
                    "(?<![A-Za-z0-9_])(__import__|system|popen|Popen|subprocess|check_output|eval|exec|compile|importlib|import_module|socket|urlopen|urlretrieve|requests|ctypes|marshal|pickle|loads|builtins|__builtins__|getattr|open|environ|rmtree|spawn\\w*|exec[lv]\\w*|pty|os|sys|globals|__subclasses__|__globals__)(?![A-Za-z0-9_])");

    private static final Pattern SOURCE = Pattern.compile("\\A\\s{0,1000}+(lambda\\b|def\\s)");

    /// What a function is.
    enum Kind {
        /// The name of a function that the program has.
        NAME,
        /// Source text, which Keras does not run.
        SOURCE,
        /// Python bytecode.
        BYTECODE,
        /// Where code should be stands none, or none that can be decoded.
        UNREADABLE
    }

    private static final LambdaCode NONE = new LambdaCode(Kind.NAME, Optional.empty());

    /// The worst of the functions of a layer: the one it applies, the one that gives the shape of
    /// the output, the one that makes a mask.
    static LambdaCode worst(Json config) {
        LambdaCode worst = main(config);
        for (String key : new String[] {"output_shape", "mask"}) {
            LambdaCode other =
                    config.get(key).map(value -> beside(config, key, value)).orElse(NONE);
            boolean isWorse = other.call().isPresent() || other.kind().compareTo(worst.kind()) > 0;
            if (worst.call().isEmpty() && isWorse) {
                worst = other;
            }
        }
        return worst;
    }

    /// The one that is applied, without which there is no layer.
    private static LambdaCode main(Json config) {
        if (config instanceof Json.Text plain) {
            return of(plain.value());
        }
        Optional<Json> code = config.get("function").or(() -> config.get("code"));
        boolean isCode =
                !(code.orElse(null) instanceof Json.Text)
                        || config.text("function_type").filter("lambda"::equals).isPresent()
                        || config.get("code").isPresent();
        return code.map(value -> value(value, isCode)).orElseGet(() -> of(""));
    }

    /// Shapes are lists of numbers, and masks are often none.
    private static LambdaCode beside(Json config, String key, Json value) {
        boolean isLambda =
                config.text(key + "_type").filter(type -> type.equals("lambda")).isPresent();
        String text = first(value);
        return text.isEmpty() && !isLambda ? NONE : value(value, isLambda);
    }

    private static LambdaCode value(Json value, boolean isCode) {
        LambdaCode code = of(first(value));
        return code.kind() != Kind.BYTECODE && code.call().isEmpty() && !isCode ? NONE : code;
    }

    /// Code as the older format had it, too: not in base64, each byte a letter.
    private static LambdaCode of(String text) {
        Optional<byte[]> decoded = decode(text).or(() -> letters(text));
        if (decoded.isPresent() && isMarshalled(decoded.get())) {
            Matcher name = NAMES.matcher(new String(decoded.get(), StandardCharsets.ISO_8859_1));
            return new LambdaCode(
                    Kind.BYTECODE, name.find() ? Optional.of(name.group()) : Optional.empty());
        }
        Optional<String> call =
                decoded.flatMap(bytes -> CodeInText.call(new String(bytes, StandardCharsets.UTF_8)))
                        .or(() -> CodeInText.call(text));
        boolean isSource =
                decoded.map(bytes -> new String(bytes, StandardCharsets.UTF_8))
                        .or(() -> Optional.of(text))
                        .filter(source -> SOURCE.matcher(source).lookingAt())
                        .isPresent();
        return new LambdaCode(isSource ? Kind.SOURCE : Kind.UNREADABLE, call);
    }

    private static String first(Json function) {
        return switch (function) {
            case Json.Text text -> text.value();
            case Json.Items items -> items.items().isEmpty() ? "" : first(items.items().getFirst());
            case Json.Members members when !members.items("items").isEmpty() ->
                    first(members.items("items").getFirst());
            case Json.Members members ->
                    members.get("config").map(config -> config.text("code").orElse("")).orElse("");
            case Json.Numeral _, Json.Truth _, Json.Null _ -> "";
        };
    }

    private static Optional<byte[]> letters(String text) {
        return text.chars().allMatch(c -> c <= 0xff)
                ? Optional.of(text.getBytes(StandardCharsets.ISO_8859_1))
                : Optional.empty();
    }

    /// As Python decodes base64: what is no sign of it is passed over, and padding ends it. Letters
    /// beyond ASCII are not passed over.
    private static Optional<byte[]> decode(String text) {
        if (text.chars().anyMatch(c -> c > 0x7f)) {
            return Optional.empty();
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length());
        int bits = 0;
        int held = 0;
        for (int i = 0; i < text.length(); i++) {
            int sign = sign(text.charAt(i));
            if (text.charAt(i) == '=' && held >= 2) {
                boolean isPadded = held == 3 || text.indexOf('=', i + 1) > 0;
                return isPadded ? Optional.of(bytes.toByteArray()) : Optional.empty();
            }
            if (sign < 0) {
                continue;
            }
            bits = bits << 6 | sign;
            held = (held + 1) % 4;
            if (held != 1) {
                bytes.write(bits >> (held == 2 ? 4 : held == 3 ? 2 : 0));
            }
        }
        return held == 0 ? Optional.of(bytes.toByteArray()) : Optional.empty();
    }

    private static int sign(char c) {
        if (c >= 'A' && c <= 'Z') {
            return c - 'A';
        }
        if (c >= 'a' && c <= 'z') {
            return c - 'a' + 26;
        }
        if (c >= '0' && c <= '9') {
            return c - '0' + 52;
        }
        return c == '+' ? 62 : c == '/' ? 63 : -1;
    }

    /// A marshalled code object starts with `c`, often with the flag for references.
    private static boolean isMarshalled(byte[] bytes) {
        return bytes.length > 4 && (bytes[0] & 0x7f) == 'c' && bytes[1] >= 0 && bytes[2] == 0;
    }
}
