package dev.bartizan.artifacts.keras;

import dev.bartizan.artifacts.text.CodeInText;
import dev.bartizan.formats.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The function of a Lambda layer: source text, or Python bytecode in base64. Bytecode is not run;
/// the names it uses stand in it as text.
///
/// @param isBytecode whether it is bytecode
/// @param call what it calls that reaches out
record LambdaCode(boolean isBytecode, Optional<String> call) {
    private static final Pattern NAMES =
            Pattern.compile(
                    "(?<![A-Za-z0-9_])(__import__|system|popen|Popen|subprocess|check_output|eval|exec|compile|importlib|import_module|socket|urlopen|urlretrieve|requests|ctypes|marshal|pickle|loads|builtins|__builtins__|getattr|open|environ|rmtree|spawn\\w*|exec[lv]\\w*|pty|os|sys|globals|__subclasses__|__globals__)(?![A-Za-z0-9_])");

    /// The worst of the functions of a layer: the one it applies, the one that gives the shape of
    /// the output, the one that makes a mask.
    static LambdaCode worst(Json config) {
        LambdaCode main =
                of(
                        config instanceof Json.Text plain
                                ? plain.value()
                                : config.get("function")
                                        .map(LambdaCode::first)
                                        .or(() -> config.text("code"))
                                        .orElse(""));
        LambdaCode worst = main;
        for (String key : new String[] {"output_shape", "mask"}) {
            LambdaCode other = of(config.get(key).map(LambdaCode::first).orElse(""));
            if (worst.call().isEmpty() && (other.call().isPresent() || other.isBytecode())) {
                worst = other;
            }
        }
        return worst;
    }

    private static LambdaCode of(String text) {
        Optional<byte[]> decoded = decode(text);
        if (decoded.isPresent() && isMarshalled(decoded.get())) {
            Matcher name = NAMES.matcher(new String(decoded.get(), StandardCharsets.ISO_8859_1));
            return new LambdaCode(true, name.find() ? Optional.of(name.group()) : Optional.empty());
        }
        String source =
                decoded.map(bytes -> new String(bytes, StandardCharsets.UTF_8)).orElse(text);
        return new LambdaCode(false, CodeInText.call(source));
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

    private static Optional<byte[]> decode(String text) {
        try {
            String plain = text.replaceAll("\\s", "");
            return plain.length() < 8
                    ? Optional.empty()
                    : Optional.of(Base64.getDecoder().decode(plain));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /// A marshalled code object starts with `c`, often with the flag for references.
    private static boolean isMarshalled(byte[] bytes) {
        return bytes.length > 4 && (bytes[0] & 0x7f) == 'c' && bytes[1] >= 0 && bytes[2] == 0;
    }
}
