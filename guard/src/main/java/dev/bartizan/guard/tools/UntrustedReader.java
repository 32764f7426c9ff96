package dev.bartizan.guard.tools;

import dev.bartizan.guard.text.Normaliser;
import dev.bartizan.guard.tools.Untrusted.Entry;
import dev.bartizan.guard.tools.Untrusted.Field;
import dev.bartizan.guard.tools.Untrusted.Sentence;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Reads an untrusted text into records and sentences. What may be a sentence counts as one: a
/// short value with an address and more than a few other words is prose, in whatever language.
final class UntrustedReader {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();
    private static final Pattern KEY_LINE =
            Pattern.compile(
                    "^\\s*+(?:[-*•]|\\d+[.)])?\\s*+([\\p{L}\\p{N}_/-][\\p{L}\\p{N} _/-]{0,29}?)\\s*[:：=|]\\s*+(\\S.*)$");
    private static final Pattern ANCHOR =
            Pattern.compile(
                    "(?is)<a\\b[^<>]{0,200}?href\\s*=\\s*[\"']([^\"'>]{1,500})[\"'][^<>]{0,200}>([^<]{1,200})</a>");
    private static final Pattern TAG = Pattern.compile("</?[a-zA-Z][^<>]{0,500}>");
    private static final Pattern PAIR =
            Pattern.compile(
                    "([\\p{L}_][\\w.-]{0,30})=(.*?)(?=(?<!\\s)\\s++[\\p{L}_][\\w.-]{0,30}=|$)\\s*");
    private static final Pattern SENTENCE_END =
            Pattern.compile(
                    "(?<=[.!?;])\\s+|(?<=[。！？；।؟])|[\\r\\n]+|<!--|-->|(?<=[/@\\d][\\w./@?=&-]{0,60})\\s+(?=\\p{Lu})(?!(?iu:"
                            + Moments.NAMES
                            + ")\\b)");
    private static final Vocabulary TITLES = Vocabulary.of("title keys");
    private static final Vocabulary MODALS = Vocabulary.of("modals");
    private static final int LONGEST_VALUE = 120;
    private static final int LONGEST_SENTENCE = 4_000;
    private static final int WORDS_BESIDE_ADDRESS = 3;
    private static final int WORDS_IN_VALUE = 8;
    private static final int WORDS_IN_NAME = 4;
    private static final int LETTERS_RUN_TOGETHER = 14;
    private static final int MAX_PARTS = 20_000;
    private static final int MAX_DEPTH = 24;

    private final Normaliser normaliser = new Normaliser();
    private final List<Entry> records = new ArrayList<>();
    private final List<Sentence> sentences = new ArrayList<>();
    private int parts;

    /// Reads a text.
    ///
    /// @param asked the values of the call that brought it
    static Untrusted read(String origin, String text, String asked, boolean isDescription) {
        UntrustedReader reader = new UntrustedReader();
        String lower = text.toLowerCase(Locale.ROOT);
        String plain = reader.normaliser.normalise(text).plain().text();
        if (isDescription) {
            reader.prose(text, -1);
        } else {
            reader.data(text);
        }
        String all = plain.equals(lower) ? lower : lower + " \n " + plain;
        return new Untrusted(origin, all, reader.records, reader.sentences, asked, isDescription);
    }

    private void data(String text) {
        String stripped = text.strip();
        if (stripped.startsWith("{") || stripped.startsWith("[")) {
            try {
                tree(MAPPER.readTree(stripped), "", "", 0);
                return;
            } catch (JacksonException e) {
                records.clear(); // not JSON after all: read as lines
                sentences.clear();
            }
        }
        lines(opened(text), "");
    }

    /// A text with the tags of a page opened: links keep their address behind their words.
    private static String opened(String text) {
        if (!text.contains("</")) {
            return text;
        }
        String linked = ANCHOR.matcher(text).replaceAll("\n$2: $1\n");
        return TAG.matcher(linked).replaceAll("\n");
    }

    private void prose(String text, int record) {
        for (String piece : SENTENCE_END.split(text, -1)) {
            if (!piece.isBlank() && parts++ < MAX_PARTS) {
                String lower = lower(piece.strip());
                String plain = undone(piece, lower);
                String both = plain.equals(lower) ? lower : lower + " " + plain;
                sentences.add(new Sentence(both, record));
            }
        }
    }

    /// A sentence with its encodings undone; a very long one is undone with the whole text only.
    private String undone(String piece, String lower) {
        return piece.length() > LONGEST_SENTENCE
                ? lower
                : normaliser.normalise(piece).plain().text().strip();
    }

    private void tree(JsonNode node, String key, String above, int depth) {
        if (depth > MAX_DEPTH || parts >= MAX_PARTS) {
            return;
        }
        if (node.isObject()) {
            object(node, above, depth);
        } else if (node.isArray()) {
            boolean isPlain = true;
            for (JsonNode child : node) {
                isPlain &= child.isValueNode();
            }
            if (isPlain) {
                List<Field> fields = new ArrayList<>();
                node.forEach(child -> leaf(key, child.asString(""), fields, above));
                records.add(new Entry(fields, above));
            } else {
                node.forEach(child -> tree(child, key, above, depth + 1));
            }
        } else {
            List<Field> fields = new ArrayList<>();
            leaf(key, node.asString(""), fields, above);
            records.add(new Entry(fields, above));
        }
    }

    private void object(JsonNode node, String above, int depth) {
        List<Field> fields = new ArrayList<>();
        List<Map.Entry<String, JsonNode>> nested = new ArrayList<>();
        for (Map.Entry<String, JsonNode> entry : node.properties()) {
            JsonNode child = entry.getValue();
            boolean isList = child.isArray() && (child.isEmpty() || child.get(0).isValueNode());
            if (child.isValueNode()) {
                leaf(lower(entry.getKey()), child.asString(""), fields, above);
            } else if (isList) {
                child.forEach(one -> leaf(lower(entry.getKey()), one.asString(""), fields, above));
            } else {
                nested.add(entry);
            }
        }
        Entry record = new Entry(fields, above);
        records.add(record);
        String around = above.length() > 2_000 ? above : above + record.text();
        nested.forEach(e -> tree(e.getValue(), lower(e.getKey()), around, depth + 1));
    }

    private void leaf(String key, String value, List<Field> fields, String above) {
        if (value.isBlank() || parts++ >= MAX_PARTS) {
            return;
        }
        boolean isOrder = Demand.opens(lower(value)) && !TITLES.hasAny(Texts.words(key));
        if (isValue(value.strip()) && !isOrder) {
            fields.add(new Field(key, Texts.plain(value)));
        } else if (value.contains("\n")) {
            lines(value, above);
        } else {
            prose(value, records.size());
        }
    }

    /// Lines: a head of named values is one record, every other line that is a value one of its
    /// own.
    private void lines(String text, String above) {
        List<Field> head = new ArrayList<>();
        List<Entry> rows = new ArrayList<>();
        List<String> keys = List.of();
        for (String line : text.lines().toList()) {
            String stripped = line.strip();
            List<String> cells = List.of(stripped.split("[,;\\t|]", -1));
            if (cells.size() > 2 && cells.size() == keys.size()) {
                rows.add(row(keys, cells, above));
                continue;
            }
            if (table(stripped, above, rows) || pairs(stripped, above, rows)) {
                continue;
            }
            if (cells.size() > 2
                    && cells.stream().allMatch(c -> c.strip().matches("[\\w -]{1,24}"))) {
                keys = cells.stream().map(c -> lower(c.strip())).toList();
                continue;
            }
            if (stripped.isEmpty() || named(stripped, above, head, rows)) {
                continue;
            }
            if (isValue(stripped)) {
                rows.add(new Entry(List.of(new Field("", Texts.plain(stripped))), above));
                continue;
            }
            for (String piece : SENTENCE_END.split(stripped, -1)) {
                if (!named(piece.strip(), above, head, rows)) {
                    prose(piece, records.size());
                }
            }
        }
        Map<String, Long> kinds =
                head.stream()
                        .collect(Collectors.groupingBy(f -> kind(f.key()), Collectors.counting()));
        List<Field> siblings =
                head.stream().filter(f -> kinds.getOrDefault(kind(f.key()), 0L) > 1).toList();
        siblings.forEach(f -> rows.add(new Entry(List.of(new Field("", f.key()), f), above)));
        head.removeAll(siblings);
        Entry top = new Entry(head, above);
        records.add(top);
        rows.forEach(row -> records.add(new Entry(row.fields(), above + top.text())));
    }

    /// Takes a line with several upright strokes for a record of its cells; a cell that is said
    /// rather than a value is read as words.
    private boolean table(String line, String above, List<Entry> rows) {
        String[] cells = line.split("\\|", -1);
        if (cells.length < 3) {
            return false;
        }
        List<Field> fields = new ArrayList<>();
        for (String cell : cells) {
            value("", cell.strip(), fields);
        }
        rows.add(new Entry(fields, above));
        return true;
    }

    /// Takes a line of `name=value name=value` for a record.
    private boolean pairs(String line, String above, List<Entry> rows) {
        Matcher pair = PAIR.matcher(line);
        List<Field> fields = new ArrayList<>();
        int end = 0;
        while (pair.find()) {
            if (pair.start() != end) {
                return false;
            }
            end = pair.end();
            String value = pair.group(2).strip();
            if (pair.end() == line.length() && !isValue(value)) {
                value = value.split("\\s+", 2)[0];
                prose(pair.group(2), records.size());
            }
            value(lower(pair.group(1)), value, fields);
        }
        if (end != line.length() || fields.size() < 2) {
            return false;
        }
        rows.add(new Entry(fields, above));
        return true;
    }

    private void value(String key, String value, List<Field> fields) {
        if (isValue(value) && (TITLES.has(key) || !Demand.opens(lower(value)))) {
            fields.add(new Field(key, Texts.plain(value)));
        } else {
            prose(value, records.size());
        }
    }

    /// Takes `name: value` for a field, and for a record where the name has a number.
    private static boolean named(String line, String above, List<Field> head, List<Entry> rows) {
        Matcher named = KEY_LINE.matcher(line);
        if (!named.matches() || named.group(2).startsWith("//") || isTime(line, named)) {
            return false;
        }
        String name = named.group(1).strip();
        if (isSaid(name, named.group(2)) || !isValue(named.group(2))) {
            return false;
        }
        head.add(new Field(lower(name), Texts.plain(named.group(2))));
        if (name.chars().anyMatch(Character::isDigit)) {
            rows.add(new Entry(List.of(new Field("", Texts.plain(name))), above));
        }
        return true;
    }

    /// What several names of lines may share: `floor` of `floor 1` and `floor 2`.
    private static String kind(String name) {
        List<String> words = Texts.words(name);
        return words.size() < 2 ? name : words.getFirst();
    }

    /// Whether the colon is that of a time of day.
    private static boolean isTime(String line, Matcher named) {
        int colon = named.start(2) - 1;
        return colon > 0
                && Character.isDigit(line.charAt(colon - 1))
                && Character.isDigit(line.charAt(colon + 1));
    }

    /// Whether the words around a colon are a sentence and no field: a command behind a name that
    /// is no title, an obligation before it, or many words that lead to something asked for.
    private static boolean isSaid(String before, String after) {
        List<String> words = Texts.words(before);
        boolean isOrder = Demand.opens(lower(after)) && !TITLES.hasAny(words);
        boolean isDuty = words.size() > 2 && MODALS.isIn(lower(before));
        return isOrder || isDuty || (words.size() > WORDS_IN_NAME && Demand.isIn(lower(after)));
    }

    private static Entry row(List<String> keys, List<String> cells, String above) {
        List<Field> fields = new ArrayList<>();
        for (int i = 0; i < cells.size(); i++) {
            if (isValue(cells.get(i).strip())) {
                fields.add(new Field(keys.get(i), Texts.plain(cells.get(i))));
            }
        }
        return new Entry(fields, above);
    }

    /// Whether a text is a value that stands alone rather than something said.
    static boolean isValue(String text) {
        if (text.isEmpty() || text.length() > LONGEST_VALUE) {
            return false;
        }
        String lower = lower(text);
        List<Atom> atoms = Atom.in(lower);
        String rest = lower;
        for (Atom atom : atoms) {
            rest = rest.replace(atom.value(), " ");
        }
        List<String> words = Texts.words(rest);
        int letters = words.stream().mapToInt(UntrustedReader::lettersRunTogether).sum();
        boolean isTold = letters > LETTERS_RUN_TOGETHER || (letters > 5 && Demand.isIn(lower));
        int most = atoms.isEmpty() ? WORDS_IN_VALUE : WORDS_BESIDE_ADDRESS;
        if (isTold || words.size() > most) {
            return false;
        }
        boolean isDemand = words.size() > 2 && (Demand.isIn(lower) || lower.endsWith("."));
        return !isDemand || (atoms.isEmpty() && words.size() < 4 && !lower.endsWith("."));
    }

    private static int lettersRunTogether(String word) {
        return (int) word.codePoints().filter(Vocabulary::isRunTogether).count();
    }

    private static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }
}
