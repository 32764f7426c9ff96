package dev.bartizan.guard.tools;

import dev.bartizan.guard.text.Normaliser;
import dev.bartizan.guard.text.Words;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// All that was said before a call, split into what may direct the agent and what may not, and
/// where a value stands in it.
final class Sources {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();
    private static final Pattern NUMBER = Pattern.compile("\\d[\\d,.']*\\d|\\d");
    private static final Pattern FIELD_LINE =
            Pattern.compile("^\\s*(?:[-*•]|\\d+[.)])?\\s*([\\p{L} _/-]{1,30})\\s*[:=|]\\s*(.+)$");
    private static final Pattern NAME =
            Pattern.compile("(?<=[\\p{L}\\p{N},@] ?)(\\p{Lu}[\\p{L}'-]+)");
    private static final Pattern SENTENCE_END = Pattern.compile("(?<=[.!?;])\\s+|\\n+");
    private static final int LONGEST_ENTRY = 120;
    private static final int MAX_FIELDS = 20_000;
    private static final int MAX_DEPTH = 24;

    private final StringBuilder trusted = new StringBuilder(" ");
    private final StringBuilder user = new StringBuilder(" ");
    private final Set<String> names = new HashSet<>();
    private final List<Foreign> foreign = new ArrayList<>();
    private final Normaliser normaliser = new Normaliser();

    /// Untrusted text.
    ///
    /// @param origin where it came from, for people
    /// @param text its readable form in lower case
    /// @param fields its parts that are data rather than sentences
    /// @param sentences its other parts, each with its neighbours
    /// @param isDescription whether it describes a tool
    record Foreign(
            String origin,
            String text,
            List<Field> fields,
            List<String> sentences,
            boolean isDescription) {
        /// The first sentence that holds the value, with its neighbours; empty when none does.
        String sentenceWith(String value) {
            for (int i = 0; i < sentences.size(); i++) {
                if (holds(sentences.get(i), value)) {
                    String before = i > 0 ? sentences.get(i - 1) : "";
                    String after = i + 1 < sentences.size() ? sentences.get(i + 1) : "";
                    return before + " " + sentences.get(i) + " " + after;
                }
            }
            return "";
        }
    }

    /// A value that stands alone: a JSON leaf, a list entry, a header line.
    ///
    /// @param key its name, lower case
    /// @param value lower case
    /// @param record the other short values of the same record, lower case
    record Field(String key, String value, String record) {}

    /// Where a value was found.
    ///
    /// @param kind how far it may be believed
    /// @param origin where it stands
    /// @param field the field that holds it, for `DATA`
    /// @param sentence the sentence that holds it with its neighbours; may be empty for `DATA`
    record Found(Kind kind, String origin, Field field, String sentence) {
        /// Whether the words around it direct a reader to act.
        boolean isDirected() {
            return !sentence.isEmpty() && Instruction.directs(sentence);
        }

        /// How far a value may be believed.
        enum Kind {
            /// The user or the operator said it.
            TRUSTED,
            /// A field, list entry or header of untrusted data.
            DATA,
            /// In a sentence of untrusted text.
            PROSE,
            /// Nowhere.
            NOWHERE
        }
    }

    private static final Field NONE = new Field("", "", "");
    private static final Found TRUSTED = new Found(Found.Kind.TRUSTED, "", NONE, "");
    private static final Found NOWHERE = new Found(Found.Kind.NOWHERE, "", NONE, "");

    void addTrusted(String text, boolean isUser) {
        String plain = normaliser.normalise(text).plain().text();
        trusted.append(plain).append(" \n ");
        trusted.append(text.toLowerCase(Locale.ROOT)).append(" \n ");
        if (isUser) {
            user.append(plain).append(" \n ");
            Matcher name = NAME.matcher(text);
            while (name.find()) {
                names.add(name.group(1).toLowerCase(Locale.ROOT));
            }
        }
    }

    void addForeign(String origin, String text, boolean isDescription) {
        String lower = text.toLowerCase(Locale.ROOT);
        String plain = normaliser.normalise(text).plain().text();
        List<Field> fields = new ArrayList<>();
        List<String> sentences = new ArrayList<>();
        if (isDescription) {
            split(lower, sentences);
        } else {
            fields(text, fields, sentences);
        }
        if (!plain.equals(lower)) {
            plain.lines()
                    .filter(line -> !isEntry(line.strip()))
                    .forEach(line -> split(line, sentences));
        }
        String all = plain.equals(lower) ? lower : lower + " \n " + plain;
        foreign.add(new Foreign(origin, all, fields, sentences, isDescription));
    }

    private static void split(String text, List<String> sentences) {
        for (String piece : SENTENCE_END.split(text, -1)) {
            if (!piece.isBlank() && sentences.size() < MAX_FIELDS) {
                sentences.add(piece.strip());
            }
        }
    }

    String userText() {
        return user.toString();
    }

    /// Whether the user wrote the lower-case word as a name, or it is no common word.
    boolean isName(String word) {
        return names.contains(word) || !Words.shipped().isWord(word);
    }

    String trustedText() {
        return trusted.toString();
    }

    List<Foreign> foreign() {
        return foreign;
    }

    /// Where a text value stands; a whole-word match is needed.
    Found find(String value) {
        String plain = Texts.plain(value);
        if (plain.isEmpty() || holds(trusted, plain)) {
            return TRUSTED;
        }
        Found best = NOWHERE;
        for (Foreign one : foreign) {
            if (!holds(one.text(), plain)) {
                continue;
            }
            Field field = field(one, plain);
            String sentence = one.sentenceWith(plain);
            if (field == null) {
                String around = sentence.isEmpty() ? one.text() : sentence;
                return new Found(Found.Kind.PROSE, one.origin(), NONE, around);
            }
            if (best.kind() == Found.Kind.NOWHERE || !sentence.isEmpty()) {
                best = new Found(Found.Kind.DATA, one.origin(), field, sentence);
            }
        }
        return best;
    }

    /// Where a number stands.
    Found findNumber(double number) {
        if (hasNumber(trusted, number)) {
            return TRUSTED;
        }
        for (Foreign one : foreign) {
            if (!hasNumber(one.text(), number)) {
                continue;
            }
            String sentence =
                    one.sentences().stream()
                            .filter(t -> hasNumber(t, number))
                            .findFirst()
                            .orElse("");
            for (Field field : one.fields()) {
                if (hasNumber(field.value(), number)) {
                    return new Found(Found.Kind.DATA, one.origin(), field, sentence);
                }
            }
            return new Found(Found.Kind.PROSE, one.origin(), NONE, sentence);
        }
        return NOWHERE;
    }

    private static @Nullable Field field(Foreign one, String value) {
        for (Field field : one.fields()) {
            if (holds(field.value(), value)) {
                return field;
            }
        }
        return null;
    }

    static boolean holds(CharSequence text, String value) {
        String all = text.toString();
        int at = all.indexOf(value);
        while (at >= 0) {
            int end = at + value.length();
            boolean starts = at == 0 || !sticks(all.charAt(at - 1), value.charAt(0));
            boolean ends =
                    end == all.length()
                            || !sticks(all.charAt(end), value.charAt(value.length() - 1))
                            || isStop(all, end);
            if (starts && ends) {
                return true;
            }
            at = all.indexOf(value, at + 1);
        }
        return false;
    }

    private static boolean isStop(String all, int end) {
        char c = all.charAt(end);
        return (c == '.' || c == '-')
                && (end + 1 == all.length() || !Character.isLetterOrDigit(all.charAt(end + 1)));
    }

    private static boolean sticks(char outside, char inside) {
        return Character.isLetterOrDigit(inside)
                && (Character.isLetterOrDigit(outside)
                        || outside == '@'
                        || outside == '-'
                        || outside == '.'
                        || outside == '_'
                        || outside == '+');
    }

    private static boolean hasNumber(CharSequence text, double wanted) {
        Matcher matcher = NUMBER.matcher(text);
        while (matcher.find()) {
            for (double read : readings(matcher.group())) {
                if (Math.abs(read - wanted) < 0.005) {
                    return true;
                }
                int end = matcher.end();
                boolean thousands =
                        end < text.length() && (text.charAt(end) == 'k' || text.charAt(end) == 'K');
                if (thousands && Math.abs(read * 1000 - wanted) < 0.005) {
                    return true;
                }
            }
        }
        return false;
    }

    private static double[] readings(String digits) {
        String tight = digits.replace("'", "").replace(" ", "");
        return new double[] {
            number(tight.replace(",", "")), number(tight.replace(".", "").replace(',', '.'))
        };
    }

    private static double number(String text) {
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException e) {
            return Double.NaN;
        }
    }

    private static void fields(String text, List<Field> out, List<String> sentences) {
        String stripped = text.strip();
        if (stripped.startsWith("{") || stripped.startsWith("[")) {
            try {
                leaves("", MAPPER.readTree(stripped), "", out, sentences, 0);
                return;
            } catch (JacksonException e) {
                out.clear();
                sentences.clear();
            }
        }
        boolean head = true;
        for (String line : text.lines().toList()) {
            head &= !line.isBlank();
            String lower = line.strip().toLowerCase(Locale.ROOT);
            Matcher field = FIELD_LINE.matcher(lower);
            if (field.matches() && isEntry(field.group(2)) && out.size() < MAX_FIELDS) {
                String key = (head ? "" : "body ") + field.group(1).strip();
                out.add(new Field(key, field.group(2), lower));
            } else if (isEntry(lower) && out.size() < MAX_FIELDS) {
                out.add(new Field("", lower, lower));
            } else {
                split(lower, sentences);
            }
        }
    }

    private static boolean isEntry(String line) {
        return !line.isEmpty() && line.length() <= LONGEST_ENTRY && !Instruction.isSentence(line);
    }

    private static void leaves(
            String key,
            JsonNode node,
            String record,
            List<Field> out,
            List<String> sentences,
            int depth) {
        if (out.size() >= MAX_FIELDS || depth > MAX_DEPTH) {
            return;
        }
        if (node.isValueNode()) {
            leaf(key, node.asString("").toLowerCase(Locale.ROOT), record, out, sentences);
            return;
        }
        String siblings = node.isObject() ? siblings(node) : record;
        if (node.isObject()) {
            for (Map.Entry<String, JsonNode> entry : node.properties()) {
                String name = entry.getKey().toLowerCase(Locale.ROOT);
                leaves(name, entry.getValue(), siblings, out, sentences, depth + 1);
            }
            return;
        }
        for (JsonNode child : node) {
            leaves(key, child, siblings, out, sentences, depth + 1);
        }
    }

    private static void leaf(
            String key, String value, String record, List<Field> out, List<String> sentences) {
        if (isEntry(value.strip())) {
            out.add(new Field(key, value, record));
            return;
        }
        if (!value.contains("\n")) {
            split(value, sentences);
            return;
        }
        List<Field> inner = new ArrayList<>();
        fields(value, inner, sentences);
        inner.forEach(f -> out.add(new Field("body " + f.key(), f.value(), f.record())));
    }

    private static String siblings(JsonNode object) {
        StringBuilder all = new StringBuilder();
        for (JsonNode child : object) {
            String value = child.isValueNode() ? child.asString("") : "";
            if (!value.isEmpty() && value.length() <= 80 && !Instruction.isSentence(value)) {
                all.append(value.toLowerCase(Locale.ROOT)).append(" ; ");
            }
        }
        return all.toString();
    }
}
