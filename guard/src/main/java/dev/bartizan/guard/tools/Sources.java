package dev.bartizan.guard.tools;

import dev.bartizan.guard.text.Normaliser;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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
    private static final int LONGEST_ENTRY = 120;
    private static final int MAX_FIELDS = 20_000;

    private final StringBuilder trusted = new StringBuilder(" ");
    private final StringBuilder user = new StringBuilder(" ");
    private final List<Foreign> foreign = new ArrayList<>();
    private final Normaliser normaliser = new Normaliser();

    /// Untrusted text.
    ///
    /// @param origin where it came from, for people
    /// @param text its readable form in lower case
    /// @param fields its parts that are data rather than sentences
    /// @param isDescription whether it describes a tool
    record Foreign(String origin, String text, List<Field> fields, boolean isDescription) {}

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
    record Found(Kind kind, String origin, Field field) {
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

    void addTrusted(String text, boolean isUser) {
        String plain = normaliser.normalise(text).plain().text();
        trusted.append(plain).append(" \n ");
        trusted.append(text.toLowerCase(Locale.ROOT)).append(" \n ");
        if (isUser) {
            user.append(plain).append(" \n ");
        }
    }

    void addForeign(String origin, String text, boolean isDescription) {
        String lower = text.toLowerCase(Locale.ROOT);
        String plain = normaliser.normalise(text).plain().text();
        List<Field> fields = new ArrayList<>();
        if (!isDescription) {
            fields(text, fields);
        }
        foreign.add(
                new Foreign(
                        origin,
                        plain.equals(lower) ? lower : lower + " \n " + plain,
                        fields,
                        isDescription));
    }

    String userText() {
        return user.toString();
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
            return new Found(Found.Kind.TRUSTED, "", NONE);
        }
        Found best = new Found(Found.Kind.NOWHERE, "", NONE);
        for (Foreign one : foreign) {
            if (!holds(one.text(), plain)) {
                continue;
            }
            Field field = field(one, plain);
            if (field == null || proseBeside(one, plain)) {
                return new Found(Found.Kind.PROSE, one.origin(), NONE);
            }
            best = new Found(Found.Kind.DATA, one.origin(), field);
        }
        return best;
    }

    /// Where a number stands.
    Found findNumber(double number) {
        if (hasNumber(trusted, number)) {
            return new Found(Found.Kind.TRUSTED, "", NONE);
        }
        for (Foreign one : foreign) {
            if (hasNumber(one.text(), number)) {
                for (Field field : one.fields()) {
                    if (hasNumber(field.value(), number)) {
                        return new Found(Found.Kind.DATA, one.origin(), field);
                    }
                }
                return new Found(Found.Kind.PROSE, one.origin(), NONE);
            }
        }
        return new Found(Found.Kind.NOWHERE, "", NONE);
    }

    private static boolean proseBeside(Foreign one, String value) {
        long inFields = one.fields().stream().filter(f -> holds(f.value(), value)).count();
        int at = one.text().indexOf(value);
        int count = 0;
        while (at >= 0 && count < 50) {
            count++;
            at = one.text().indexOf(value, at + value.length());
        }
        int copies = one.text().indexOf(" \n ") > 0 ? 2 : 1;
        return count > inFields * copies && Instruction.isNear(one.text(), value);
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

    private static void fields(String text, List<Field> out) {
        String stripped = text.strip();
        if (stripped.startsWith("{") || stripped.startsWith("[")) {
            try {
                leaves("", MAPPER.readTree(stripped), "", out, 0);
                return;
            } catch (JacksonException e) {
                out.clear();
            }
        }
        boolean head = true;
        for (String line : text.lines().toList()) {
            if (out.size() >= MAX_FIELDS) {
                return;
            }
            head &= !line.isBlank();
            String lower = line.strip().toLowerCase(Locale.ROOT);
            Matcher field = FIELD_LINE.matcher(lower);
            if (field.matches() && isEntry(field.group(2))) {
                out.add(
                        new Field(
                                (head ? "" : "body ") + field.group(1).strip(),
                                field.group(2),
                                lower));
            } else if (isEntry(lower)) {
                out.add(new Field("", lower, lower));
            }
        }
    }

    private static boolean isEntry(String line) {
        return !line.isEmpty() && line.length() <= LONGEST_ENTRY && !Instruction.isSentence(line);
    }

    private static void leaves(
            String key, JsonNode node, String record, List<Field> out, int depth) {
        if (out.size() >= MAX_FIELDS || depth > 24) {
            return;
        }
        if (node.isValueNode()) {
            String value = node.asString("").toLowerCase(Locale.ROOT);
            if (isEntry(value.strip())) {
                out.add(new Field(key, value, record));
            } else if (value.contains("\n")) {
                List<Field> inner = new ArrayList<>();
                fields(value, inner);
                inner.forEach(f -> out.add(new Field("body " + f.key(), f.value(), f.record())));
            }
            return;
        }
        String siblings = node.isObject() ? siblings(node) : record;
        if (node.isObject()) {
            for (Map.Entry<String, JsonNode> entry : node.properties()) {
                leaves(
                        entry.getKey().toLowerCase(Locale.ROOT),
                        entry.getValue(),
                        siblings,
                        out,
                        depth + 1);
            }
            return;
        }
        for (JsonNode child : node) {
            leaves(key, child, siblings, out, depth + 1);
        }
    }

    private static String siblings(JsonNode object) {
        StringBuilder all = new StringBuilder();
        for (JsonNode child : object) {
            String value = child.isValueNode() ? child.asString("") : "";
            if (!value.isEmpty() && value.length() <= 80) {
                all.append(value.toLowerCase(Locale.ROOT)).append(" ; ");
            }
        }
        return all.toString();
    }
}
