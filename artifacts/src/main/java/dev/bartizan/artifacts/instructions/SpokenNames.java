package dev.bartizan.artifacts.instructions;

import dev.bartizan.formats.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Names of tools and parameters read as words: a model does what `contents_of_ssh_key` asks for,
/// and obeys an order that is written as a name.
final class SpokenNames {
    private static final int DEEPEST = 40;
    private static final int MOST_NAMES = 2_000;
    private static final int LONGEST = 300;
    private static final int SENTENCE = 6;
    private static final int LONG_SENTENCE = 7;

    private static final Pattern HUMP =
            Pattern.compile("(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Za-z])(?=\\d)|[_\\-.:/\\s]+");

    /// Secrets of the user, for which a tool that is not about them has no use.
    private static final String SECRET =
            "(?:(?:dot )?ssh(?: private)?(?: keys?)?|(?:dot )?aws|(?:dot )?env|id (?:rsa|ed \\d+|ecdsa)|(?:the |users? |your )private key|netrc|npmrc|git credentials|kube ?config|keychain|cookies|bash history|etc (?:passwd|shadow)|wallet|seed phrase|system prompt|passwords?|credentials?)";

    private static final Pattern CONTENTS =
            Pattern.compile(
                    "\\b(?:contents?|text|values?|dump|copy|bytes|lines) (?:of|from) (?:reading |opening |loading |file |the |your |users? |all |dot ){0,3}"
                            + SECRET
                            + "\\b|\\b"
                            + SECRET
                            + "(?: file)? (?:contents?|text|dump)\\b");

    private static final Pattern EVERYTHING =
            Pattern.compile(
                    "\\b(?:full|entire|complete|whole|all|every|verbatim)\\b(?: \\w+){0,2}? (?:system prompts?|conversations?|chat history|messages|transcripts?|environment variables|env vars|secrets|credentials|passwords|api keys|cookies)\\b");

    private static final Pattern FILLED =
            Pattern.compile(
                    "(?i)\\b(?:holds?|contains?|include|paste|carry|put|fill\\w*|supply|copy|pass|provide|dump)\\b[^.\\n]{0,40}?\\b(?:all|every|full|entire|whole|complete)\\b[^.\\n]{0,30}?\\b(?:environment variables|env vars|system prompt|conversation|chat history|saved passwords|secrets|credentials)\\b");

    private static final Pattern WORDS_OF_SECRETS =
            Pattern.compile(
                    "ssh|aws|env|rsa|key|netrc|npmrc|git|kube|keychain|cookie|history|passw|wallet|seed|prompt|credential|conversation|chat|message|transcript|secret");

    /// Purposes that go with such words.
    private static final Pattern ABOUT_MODELS =
            Pattern.compile(
                    "(?i)\\b(?:models?|llms?|prompts?|agents?|chat\\w*|assistants?|gpt|generat\\w+|complet\\w+|personas?|bots?|conversations?|messages?|threads?|transcripts?|e?mails?|summar\\w+|sessions?|memor\\w+|dialog\\w*)\\b");

    private static final Pattern ABOUT_SECRETS =
            Pattern.compile(
                    "(?i)\\b(?:secrets?|vault|credentials?|passwords?|auth\\w*|log ?in|sign\\w*|deploy\\w*|connect\\w*|remote|hosts?|servers?|config\\w*|settings?|scan\\w*|containers?|encrypt\\w*|decrypt\\w*|certificates?|variables?)\\b");

    private static final Pattern OVERRIDES =
            Pattern.compile(
                    "\\b(?:ignore|disregard|forget|override)(?: \\w+){0,4} (?:instructions?|prompts?|directions)\\b");

    private final String purpose;
    private final List<String> names = new ArrayList<>();
    private Optional<String> asks = Optional.empty();

    private SpokenNames(String purpose) {
        this.purpose = purpose.toLowerCase(Locale.ROOT);
    }

    /// What a tool's names say.
    ///
    /// @param isOrder whether they give one, rather than ask for something
    record Said(boolean isOrder, String what) {}

    /// The worst that the names of a tool and its parameters say.
    static Optional<Said> in(Json tool) {
        String name = words(tool.text("name").orElse(""));
        SpokenNames spoken = new SpokenNames(name + " " + tool.text("description").orElse(""));
        spoken.names.add(name);
        for (String schema : List.of("inputSchema", "input_schema", "parameters")) {
            tool.get(schema).ifPresent(given -> spoken.walk(given, 0));
        }
        return spoken.order()
                .map(what -> new Said(true, what))
                .or(() -> spoken.asks.map(what -> new Said(false, what)));
    }

    /// A name as words.
    static String words(String name) {
        String part = name.length() > LONGEST ? name.substring(0, LONGEST) : name;
        return HUMP.matcher(part).replaceAll(" ").strip().toLowerCase(Locale.ROOT);
    }

    private void walk(Json schema, int depth) {
        if (depth > DEEPEST || names.size() > MOST_NAMES) {
            return;
        }
        switch (schema) {
            case Json.Members members -> {
                if (members.get("properties").orElse(new Json.Null())
                        instanceof Json.Members properties) {
                    properties.members().forEach(this::property);
                }
                members.members().forEach(member -> walk(member.value(), depth + 1));
            }
            case Json.Items items -> items.items().forEach(item -> walk(item, depth + 1));
            case Json.Text _, Json.Numeral _, Json.Truth _, Json.Null _ -> {}
        }
    }

    private void property(Json.Member property) {
        String name = words(property.key());
        names.add(name);
        String type = property.value().text("type").orElse("string");
        boolean isText =
                !type.equals("boolean") && !type.equals("integer") && !type.equals("number");
        if (asks.isPresent() || !isText) {
            return;
        }
        asks =
                first(CONTENTS, name)
                        .filter(asked -> !isNeeded(asked))
                        .or(() ->
                                first(EVERYTHING, name)
                                        .or(() ->
                                                property.value()
                                                        .text("description")
                                                        .flatMap(said -> first(FILLED, said)))
                                        .filter(asked -> !isAbout(asked) && !isOfModel(asked)))
                        .map(_ -> property.key());
    }

    private static Optional<String> first(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        return matcher.find()
                ? Optional.of(matcher.group().toLowerCase(Locale.ROOT))
                : Optional.empty();
    }

    /// Whether a tool may have use for the secret that it asks for, as far as it says what it does.
    private boolean isNeeded(String asked) {
        return isAbout(asked) || isOfModel(asked) || ABOUT_SECRETS.matcher(purpose).find();
    }

    /// Whether what is asked for is what the tool is about.
    private boolean isAbout(String asked) {
        Matcher word = WORDS_OF_SECRETS.matcher(asked);
        while (word.find()) {
            if (purpose.contains(word.group())) {
                return true;
            }
        }
        return false;
    }

    /// Whether it is what was said, and the tool is about what is said.
    private boolean isOfModel(String asked) {
        boolean isSaid = asked.matches("(?s).*(?:prompt|conversation|chat|message|transcript).*");
        return isSaid && ABOUT_MODELS.matcher(purpose).find();
    }

    /// An order that is written as a name, or as several one behind the other.
    private Optional<String> order() {
        List<String> sentences =
                names.stream().filter(name -> name.split(" ").length >= SENTENCE).toList();
        Optional<String> overrides =
                names.stream().filter(name -> OVERRIDES.matcher(name).find()).findFirst();
        Optional<String> drops =
                sentences.stream().filter(name -> Signs.OVERRIDE.matcher(name).find()).findFirst();
        Optional<String> hushes =
                sentences.stream()
                        .filter(name -> name.split(" ").length >= LONG_SENTENCE)
                        .filter(Silence::isToldTo)
                        .findFirst();
        Optional<String> sends =
                Secrets.in(String.join(". ", sentences)).map(_ -> sentences.getFirst());
        return overrides.or(() -> drops).or(() -> hushes).or(() -> sends);
    }
}
