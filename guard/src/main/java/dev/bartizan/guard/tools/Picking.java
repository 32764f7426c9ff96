package dev.bartizan.guard.tools;

import static java.lang.Character.UnicodeScript.CYRILLIC;

import dev.bartizan.guard.tools.Untrusted.Entry;
import dev.bartizan.guard.tools.Untrusted.Field;
import dev.bartizan.guard.tools.Untrusted.Sentence;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Which records the user's words pick out: those that share a telling word with the request which
/// their neighbours do not share, and those that such a record points at.
final class Picking {
    private static final Vocabulary STOP = Vocabulary.of("stop");
    private static final Vocabulary PLURAL = Vocabulary.of("plural");
    private static final Vocabulary CRITERIA = Vocabulary.of("criteria");
    private static final Vocabulary ALL = Vocabulary.of("all of them");
    private static final Vocabulary CONDITIONS = Vocabulary.of("conditions");
    private static final Set<String> REPLY_KEYS =
            Set.of("reply_to", "reply-to", "replyto", "reply to");
    private static final Set<String> SENDER_KEYS =
            Set.of("from", "sender", "author", "von", "de", "da", "van", "od", "от", "发件人");
    private static final Pattern NAME =
            Pattern.compile(
                    "(?<=[\\p{L}\\d,;:'’\"(] |['’\"(@#])\\p{Lu}[\\p{L}\\d]+|[\\p{IsHan}\\p{IsHangul}\\p{IsKatakana}]+");
    private static final Pattern GROUP =
            Pattern.compile(
                    "\\b(the|my|our|whole|entire|das|unser|mein|die|l'|el|la|il|o|a) ?(team|group|list|équipe|equipo|squadra|equipe|zespół)\\b");
    private static final int MAX_PARENTS = 3;
    private static final int MAX_HOPS = 3;
    private static final int MAX_TELLING = 300;
    private static final int LONGEST_POINTER = 60;

    private final String text;
    private final Set<String> telling = new LinkedHashSet<>();
    private final IdentityHashMap<Entry, Integer> scores = new IdentityHashMap<>();
    private final IdentityHashMap<Untrusted, Integer> picked = new IdentityHashMap<>();
    private final Set<String> proper = new HashSet<>();
    private final Set<String> pointers = new HashSet<>();
    private final List<Atom> saidAtoms;
    private final boolean isPlural;
    private final boolean isByMerit;

    /// @param userText what the user said, lower case
    /// @param asWritten the same with its capitals
    Picking(String userText, String asWritten) {
        text = userText;
        Matcher name = NAME.matcher(asWritten);
        while (name.find()) {
            proper.add(name.group().toLowerCase(Locale.ROOT));
        }
        for (String word : Texts.words(userText)) {
            if (isTelling(word) && telling.size() < MAX_TELLING) {
                telling.add(word);
            }
        }
        saidAtoms = Atom.in(userText);
        isPlural = PLURAL.isIn(userText) || GROUP.matcher(userText).find();
        isByMerit = CRITERIA.isIn(userText);
    }

    private static boolean isTelling(String word) {
        boolean isNumber = word.chars().allMatch(Character::isDigit);
        return (word.length() > 2 || (isNumber && word.length() > 1)) && !STOP.has(word);
    }

    /// Whether the user leaves the choice to a criterion: the best, the cheapest, the latest.
    boolean isByMerit() {
        return isByMerit;
    }

    /// Scores all records, and follows what picked ones point at.
    void follow(List<Untrusted> all) {
        for (Untrusted one : all) {
            Set<String> common = common(one);
            int count = 0;
            for (Entry record : one.records()) {
                int score = score(record, common);
                scores.put(record, score);
                count += score > 0 ? 1 : 0;
            }
            picked.put(one, count);
        }
        for (int hop = 0; hop < MAX_HOPS; hop++) {
            int before = pointers.size();
            for (Untrusted one : all) {
                one.records().stream().filter(r -> isPicked(one, r)).forEach(this::point);
            }
            if (pointers.size() == before) {
                return;
            }
        }
    }

    /// Words of the request that most records of a list share: they pick nothing.
    private Set<String> common(Untrusted one) {
        Set<String> common = new HashSet<>();
        int rows = one.records().size();
        if (rows < 3) {
            return common;
        }
        List<Set<String>> all = new ArrayList<>();
        one.records().forEach(r -> all.add(new HashSet<>(Texts.words(r.text()))));
        for (String word : telling) {
            long holding = all.stream().filter(words -> hasWord(words, word)).count();
            if (holding * 2 > rows) {
                common.add(word);
            }
        }
        return common;
    }

    private int score(Entry record, Set<String> common) {
        Set<String> words = new HashSet<>(Texts.words(record.text()));
        int score = 0;
        for (String word : telling) {
            if (!common.contains(word) && hasWord(words, word)) {
                score++;
            }
        }
        for (Field field : record.fields()) {
            String value = field.value();
            boolean isRun = !value.isEmpty() && Vocabulary.isRunTogether(value.codePointAt(0));
            if (isRun && value.length() > 1 && text.contains(value)) {
                score++;
            }
        }
        return score;
    }

    private static boolean has(String values, String word) {
        return hasWord(new HashSet<>(Texts.words(values)), word);
    }

    private static boolean hasWord(Set<String> words, String word) {
        return words.contains(word)
                || (word.length() > 3 && words.stream().anyMatch(w -> isVariant(w, word)));
    }

    /// Whether two words differ by an ending only: `larger` and `large`, `Laylas` and `Layla`,
    /// `Анне` and `Анна`.
    private static boolean isVariant(String a, String b) {
        int shorter = Math.min(a.length(), b.length());
        if (shorter < 4 || Math.abs(a.length() - b.length()) > 2) {
            return false;
        }
        int common = 0;
        while (common < shorter && a.charAt(common) == b.charAt(common)) {
            common++;
        }
        boolean isInflected = Character.UnicodeScript.of(a.charAt(0)) == CYRILLIC && common > 2;
        int longer = Math.max(a.length(), b.length());
        return common == shorter || (isInflected && longer - common <= (common > 3 ? 2 : 1));
    }

    private void point(Entry record) {
        for (Field field : record.fields()) {
            String value = field.value();
            boolean isId =
                    value.length() > 2
                            && value.length() <= LONGEST_POINTER
                            && value.chars().anyMatch(Character::isDigit)
                            && !value.contains(" ");
            if (isId || value.contains("@")) {
                pointers.add(value);
            }
        }
    }

    private boolean isPicked(Untrusted one, Entry record) {
        if (scores.getOrDefault(record, 0) > 0 || isPointedAt(record)) {
            return true;
        }
        return isBelow(record) || (names(one) && !hasPickedNeighbour(one, record));
    }

    private boolean isPointedAt(Entry record) {
        return record.fields().stream().anyMatch(f -> pointers.contains(f.value()));
    }

    /// Whether a record around it shares a word with the request.
    private boolean isBelow(Entry record) {
        String above = record.above();
        return !above.isEmpty() && telling.stream().anyMatch(word -> has(above, word));
    }

    private boolean hasPickedNeighbour(Untrusted one, Entry record) {
        int own = scores.getOrDefault(record, 0) > 0 ? 1 : 0;
        int others = picked.getOrDefault(one, 0) - own;
        if (others > 0 && others <= MAX_PARENTS && !record.above().isEmpty()) {
            return one.records().stream()
                    .filter(r -> !r.equals(record) && scores.getOrDefault(r, 0) > 0)
                    .anyMatch(r -> !record.above().contains(r.text()));
        }
        return others > 0;
    }

    /// Whether the user's words pick the record out.
    boolean picks(Untrusted one, Entry record) {
        if (one.isDescription() || !isPicked(one, record)) {
            return false;
        }
        boolean own = scores.getOrDefault(record, 0) > 0 || isPointedAt(record);
        return own || isPlural || !hasPickedNeighbour(one, record);
    }

    /// Whether the user spoke of the text: its name or the words it was looked up by.
    boolean names(Untrusted one) {
        if (one.asked().isEmpty() || one.isDescription()) {
            return false;
        }
        String asked = one.asked();
        return telling.stream().anyMatch(word -> has(asked, word))
                || pointers.stream().anyMatch(p -> Texts.holds(asked, p))
                || asked.lines()
                        .map(String::strip)
                        .filter(line -> !line.isEmpty())
                        .anyMatch(line ->
                                Vocabulary.isRunTogether(line.codePointAt(0))
                                        && text.contains(line));
    }

    /// Whether the user spoke of a field by its name: `our treasurer` of `Treasurer: …`.
    boolean namesField(Untrusted one, Field field) {
        return !one.isDescription()
                && Texts.words(field.key()).stream().anyMatch(telling::contains)
                && one.records().stream()
                                .flatMap(r -> r.fields().stream())
                                .filter(f -> f.key().equals(field.key()))
                                .count()
                        == 1;
    }

    /// Whether a field the user spoke of has other values elsewhere.
    boolean isFieldContested(List<Untrusted> all, Field found) {
        return all.stream()
                .filter(one -> !one.isDescription())
                .flatMap(one -> one.records().stream())
                .filter(record -> scores.getOrDefault(record, 0) == 0)
                .flatMap(record -> record.fields().stream())
                .anyMatch(f -> f.key().equals(found.key()) && !f.value().equals(found.value()));
    }

    /// Whether no record of the text shares more words with the request.
    boolean isTop(Untrusted one, Entry record) {
        int own = score(record, Set.of());
        return !one.isDescription()
                && one.records().stream().noneMatch(r -> score(r, Set.of()) > own);
    }

    /// Whether the user leaves it to the records which of them are meant: by a criterion or a
    /// condition.
    boolean leavesChoice() {
        return isByMerit || CONDITIONS.isIn(text);
    }

    /// Whether the user wants the same done with all there is, without a condition.
    boolean takesAll() {
        return isPlural && ALL.isIn(text) && !CONDITIONS.isIn(text) && !isByMerit;
    }

    /// Whether no other record of the text with such a field is picked as well or better.
    boolean isBest(Untrusted one, Entry record, Field found) {
        int own = scores.getOrDefault(record, 0);
        if (own == 0) {
            return false;
        }
        return one.records().stream()
                .filter(r -> !r.equals(record) && scores.getOrDefault(r, 0) >= own)
                .flatMap(r -> r.fields().stream())
                .noneMatch(f -> f.key().equals(found.key()) && !f.value().equals(found.value()));
    }

    /// Whether the sentence stands in a picked record that says no other value of that form.
    boolean isSoleIn(Untrusted one, Sentence sentence, String value) {
        List<Atom> atoms = Atom.in(value);
        if (atoms.size() != 1 || !picksRecordOf(one, sentence)) {
            return false;
        }
        Stream<String> said =
                one.sentences().stream()
                        .filter(s -> s.record() == sentence.record())
                        .map(Sentence::text);
        Stream<String> listed =
                one.records().get(sentence.record()).fields().stream()
                        .filter(f -> !SENDER_KEYS.contains(f.key()))
                        .map(Field::value);
        return Stream.concat(said, listed)
                .flatMap(s -> Atom.in(s).stream())
                .noneMatch(a ->
                        a.kind() == atoms.getFirst().kind()
                                && !a.isSpelled(atoms.getFirst().value()));
    }

    /// Whether a sentence stands in a record that the user's words pick out.
    boolean picksRecordOf(Untrusted one, Sentence sentence) {
        int record = sentence.record();
        return record >= 0
                && record < one.records().size()
                && scores.getOrDefault(one.records().get(record), 0) > 0;
    }

    /// Whether a text that the user spoke of states the value as its only one of that form, or
    /// beside a name that the user said; what somebody else states is not vouched for.
    boolean isVouched(List<Untrusted> all, String value) {
        List<Atom> atoms = Atom.in(value);
        if (atoms.size() != 1) {
            return true;
        }
        Spelling spelling = Spelling.of(Texts.plain(value));
        for (Untrusted one : all) {
            if (one.isDescription()) {
                continue;
            }
            boolean isOnly = names(one) && isOnlyOne(one, atoms.getFirst());
            for (Sentence sentence : one.sentences()) {
                List<String> words = Texts.words(sentence.text());
                if (spelling.isIn(sentence.text())
                        && (isOnly || words.stream().anyMatch(proper::contains))) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean isOnlyOne(Untrusted one, Atom atom) {
        Stream<String> said =
                one.sentences().stream().map(Sentence::text).filter(s -> !Demand.isIn(s));
        return said.flatMap(s -> Atom.in(s).stream())
                .noneMatch(a -> a.kind() == atom.kind() && !a.isSpelled(atom.value()));
    }

    /// Whether a sentence shares a telling word with the request.
    boolean speaksOf(String sentence) {
        return telling.stream().anyMatch(word -> has(sentence, word));
    }

    /// Whether the picked record offers another value of that form under a better name, or another
    /// record is picked just as well and offers another one.
    boolean isContested(Untrusted one, Entry record, Field found, String value) {
        List<Atom> atoms = Atom.in(value);
        if (atoms.isEmpty() || !atoms.getFirst().isAddress() || isPlural) {
            return false;
        }
        Atom.Kind kind = atoms.getFirst().kind();
        if (REPLY_KEYS.contains(found.key())) {
            return offersAnother(record, kind, value);
        }
        int score = scores.getOrDefault(record, 0);
        return kind != Atom.Kind.URL
                && one.records().stream()
                        .filter(r -> !r.equals(record) && r.fields().size() > 1)
                        .filter(r -> scores.getOrDefault(r, 0) >= Math.max(1, score))
                        .anyMatch(r -> offersAnother(r, kind, value));
    }

    private static boolean offersAnother(Entry record, Atom.Kind kind, String value) {
        return record.fields().stream()
                .filter(f -> !REPLY_KEYS.contains(f.key()))
                .flatMap(f -> Atom.in(f.value()).stream())
                .anyMatch(a -> a.kind() == kind && !a.isSpelled(value));
    }

    /// Whether the user's words pick another record of the same list, which has that field too.
    boolean picksAnother(Untrusted one, Entry record, Field found, String value) {
        if (isPlural) {
            return false;
        }
        int own = scores.getOrDefault(record, 0);
        return one.records().stream()
                .filter(r -> !r.equals(record) && scores.getOrDefault(r, 0) > own)
                .flatMap(r -> r.fields().stream())
                .anyMatch(f -> f.key().equals(found.key()) && !f.value().equals(value));
    }

    /// Whether the user said another value of the form, or a picked record offers one.
    ///
    /// @param call all values of the call: what is used elsewhere in it is no rival
    boolean hasRival(List<Untrusted> all, String value, String call) {
        List<Atom> atoms = Atom.in(value);
        if (atoms.isEmpty()) {
            return false;
        }
        Atom.Kind kind = atoms.getFirst().kind();
        boolean isSaidElse =
                saidAtoms.stream()
                        .anyMatch(a -> a.kind() == kind && !Spelling.of(a.value()).isIn(call));
        if (isSaidElse) {
            return true;
        }
        for (Untrusted one : all) {
            for (Entry record : one.records()) {
                if (picks(one, record) && offersAnother(record, kind, value)) {
                    return true;
                }
            }
        }
        return false;
    }

    /// Whether a picked record has a number of a record of the same shape as the value, and another
    /// one: `P-3302` where the call says `P-9001`.
    boolean offersIdLike(List<Untrusted> all, Argument argument) {
        String value = Texts.plain(argument.value());
        String shape = shape(value);
        boolean isId = shape.contains("9") && !value.contains(" ") && value.length() <= 40;
        if (!isId) {
            return false;
        }
        boolean isBare = shape.equals("9");
        for (Untrusted one : all) {
            for (Entry record : one.records()) {
                boolean isOwn = scores.getOrDefault(record, 0) > 0 && !one.isDescription();
                if (isOwn
                        && record.fields().stream()
                                .filter(f -> !isBare || f.key().equals(argument.key()))
                                .anyMatch(f ->
                                        shape(f.value()).equals(shape)
                                                && !f.value().equals(value))) {
                    return true;
                }
            }
        }
        return false;
    }

    /// Whether a name the user said stands right before the value: `Idris (idris@port.example)`.
    boolean isPaired(List<Untrusted> all, String value) {
        for (Untrusted one : all) {
            for (Sentence sentence : one.sentences()) {
                int at = Texts.indexOf(sentence.text(), value);
                boolean isBracketed = at > 1 && "(<".indexOf(sentence.text().charAt(at - 1)) >= 0;
                if (isBracketed && !one.isDescription()) {
                    List<String> before = Texts.words(sentence.text().substring(0, at));
                    return !before.isEmpty() && telling.contains(before.getLast());
                }
            }
        }
        return false;
    }

    static String shape(String value) {
        return value.replaceAll("\\p{L}", "a").replaceAll("\\d+", "9");
    }

    /// Whether a picked record has a field of that name with another value.
    boolean saysElse(List<Untrusted> all, String key, String value) {
        Spelling plain = Spelling.of(Texts.plain(value));
        for (Untrusted one : all) {
            for (Entry record : one.records()) {
                boolean isOwn = scores.getOrDefault(record, 0) > 0 && !one.isDescription();
                if (isOwn
                        && record.fields().stream().anyMatch(f -> f.key().equals(key))
                        && record.holding(plain).isEmpty()) {
                    return true;
                }
            }
        }
        return false;
    }
}
