package dev.bartizan.artifacts.instructions.steering;

import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Pattern;

/// The words of a text with what they speak of, and where its sentences end. Addresses, paths and
/// marks count as one word each, whatever they say: a detector shall not learn hosts by heart.
final class Words {
    private static final int LONGEST = 200;
    private static final int LONGEST_WORD = 30;
    private static final int LONGEST_MARK = 30;
    private static final int LONGEST_SENTENCE = 45;

    /// A line that is shorter ends what it says.
    private static final int SHORT_LINE = 50;

    /// Files that hold secrets, or that agents and shells obey.
    private static final Pattern TOUCHY =
            Pattern.compile(
                    "(?!.*(?:\\.(?:example|sample)|\\.aws/config)$)(?:.*/)?\\.?(?:ssh|aws|kube|gnupg|docker|npmrc|netrc|pypirc|git-credentials|bashrc|zshrc|profile|bash_profile|env|cursorrules|windsurfrules|mcp\\.json|claude|cursor|claude\\.md|agents\\.md|gemini\\.md|copilot-instructions\\.md|authorized_keys|id_rsa|id_ed25519|credentials|shadow|passwd|crontab|pgpass|bash_history|zsh_history|cookies|wallet\\.dat|memory\\.md|hosts)(?:[./].*)?");

    private static final Pattern MARK =
            Pattern.compile(
                    "/?(?:\\|.*\\||[A-Z][A-Z_ -]*|(?i:important|critical|system|instructions?|assistant|user|hidden|secret|admin|developer|tool|function|reminder|rules?|note|s|inst|sys)(?i:[ _-].*)?)");

    private final String text;
    private int[] forms = new int[64];
    private int[] stems = new int[64];
    private long[] concepts = new long[64];
    private int[] starts = new int[64];
    private int[] ends = new int[64];
    private boolean[] isLast = new boolean[64];
    private int count;
    private int sinceLast;
    private int line;

    private Words(String prose) {
        this.text = prose;
    }

    /// The words of a part of what {@link Prose} left.
    static Words of(String prose, int from, int to) {
        Words words = new Words(prose);
        words.line = from;
        words.read(from, to);
        return words;
    }

    int count() {
        return count;
    }

    /// What stands for the word as it is.
    int form(int word) {
        return forms[word];
    }

    /// What stands for the word, its ending left out.
    int stem(int word) {
        return stems[word];
    }

    /// The concepts it speaks of, as bits.
    long concepts(int word) {
        return concepts[word];
    }

    int start(int word) {
        return starts[word];
    }

    int end(int word) {
        return ends[word];
    }

    /// Whether a sentence ends with it.
    boolean isLast(int word) {
        return isLast[word];
    }

    private void read(int from, int to) {
        int at = from;
        while (at < to) {
            char c = text.charAt(at);
            if (isPart(c)) {
                at = piece(at);
            } else {
                between(at, c);
                at++;
            }
        }
    }

    /// What is not a word may be a mark, or end a sentence.
    private void between(int at, char c) {
        boolean isBeforeSpace =
                at + 1 >= text.length() || Character.isWhitespace(text.charAt(at + 1));
        if (c == '<' || c == '[') {
            if (isMark(at, c == '<' ? '>' : ']')) {
                add("<mark>", at, at + 1);
            }
        } else if (((c == '!' || c == '?') && isBeforeSpace) || ";。！？\u0001".indexOf(c) >= 0) {
            end();
        } else if (c == '`' || c == '$' || c == '|' || c == '{') {
            add("<code>", at, at + 1);
        } else if (c == '\n') {
            boolean isShort = at - line < SHORT_LINE;
            line = at + 1;
            if (isShort || (line < text.length() && "\n-*#>|".indexOf(text.charAt(line)) >= 0)) {
                end();
            }
        }
    }

    /// Whether a short piece in brackets is a mark, and no link, tag or placeholder.
    private boolean isMark(int open, char closing) {
        int most = Math.min(text.length(), open + LONGEST_MARK);
        int close = text.indexOf(closing, open, most);
        return close > open + 1 && MARK.matcher(text).region(open + 1, close).matches();
    }

    private static boolean isPart(char c) {
        return Character.isLetterOrDigit(c)
                || c == '_'
                || c == '~'
                || c == '/'
                || c == '.'
                || c == '@';
    }

    /// A run without spaces that begins with a letter or what paths begin with.
    private int piece(int from) {
        if (isUnspaced(text.charAt(from))) {
            String letter = text.substring(from, from + 1);
            add(letter, letter, 0, from, from + 1);
            return from + 1;
        }
        int to = from;
        while (to < text.length() && to - from < LONGEST && isWithin(text.charAt(to))) {
            to++;
        }
        int end = to;
        while (end > from && ".,:;!?'-".indexOf(text.charAt(end - 1)) >= 0) {
            end--;
        }
        if (text.substring(from, end).chars().anyMatch(Character::isLetterOrDigit)) {
            kind(text.substring(from, end).toLowerCase(Locale.ROOT), from, end);
        }
        boolean isEnd = end < to && ".;!?".indexOf(text.charAt(end)) >= 0;
        if (isEnd
                && (to >= text.length()
                        || Character.isWhitespace(text.charAt(to))
                        || "\"')]>`*".indexOf(text.charAt(to)) >= 0)) {
            end();
        }
        return Math.max(to, from + 1);
    }

    private static boolean isWithin(char c) {
        return (isPart(c) && !isUnspaced(c)) || ":?=&%#+-'’!,;$".indexOf(c) >= 0;
    }

    private void kind(String piece, int from, int to) {
        int letters = 0;
        while (letters < piece.length() && isLetter(piece.charAt(letters))) {
            letters++;
        }
        if (letters == piece.length()) {
            word(piece, from, to);
        } else if (piece.contains("://") || piece.startsWith("www.")) {
            add("<url>", from, to);
        } else if (piece.indexOf('@') > 0 && piece.lastIndexOf('.') > piece.indexOf('@')) {
            add("<email>", from, to);
        } else if (piece.endsWith(".pub")) {
            add("<public>", from, to);
        } else if (TOUCHY.matcher(piece).matches()) {
            add("<touchy>", from, to);
        } else if (piece.indexOf('/') >= 0 || isDotted(piece)) {
            add("<path>", from, to);
        } else {
            parts(piece, from);
        }
    }

    /// Whether words of such letters stand without spaces between them, or change too much to be
    /// compared whole.
    private static boolean isUnspaced(char c) {
        return (c >= 0x2e80 && c < 0xa000) || (c >= 0xac00 && c < 0xd7b0);
    }

    private static boolean isDotted(String piece) {
        int dot = piece.indexOf('.');
        return dot >= 0 && dot < piece.length() - 1 && Character.isLetter(piece.charAt(dot + 1));
    }

    private static boolean isLetter(char c) {
        return Character.isLetter(c) || c == '\'' || c == '’';
    }

    /// The words of a name such as `get_user-key`.
    private void parts(String piece, int from) {
        int start = 0;
        for (int i = 0; i <= piece.length(); i++) {
            if (i == piece.length() || !isLetter(piece.charAt(i))) {
                if (i > start) {
                    word(piece.substring(start, i), from + start, from + i);
                }
                start = i + 1;
            }
        }
    }

    private void word(String given, int from, int to) {
        String word = given.replace("’", "'").replace("n't", "nt");
        String bare = word.replace("'s", "").replace("'", "");
        if (!bare.isEmpty() && bare.length() <= LONGEST_WORD) {
            long bits = Lexicon.of(bare);
            if (bare.endsWith("nt") && word.length() < given.length() + 1 && !word.equals(given)) {
                bits |= Lexicon.of("not");
            }
            add(bare, stem(bare), bits, from, to);
        }
    }

    private static String stem(String word) {
        for (String ending : new String[] {"ing", "ed", "es", "s", "ly"}) {
            if (word.length() > ending.length() + 3 && word.endsWith(ending)) {
                return word.substring(0, word.length() - ending.length());
            }
        }
        return word.length() > 4 && word.endsWith("e")
                ? word.substring(0, word.length() - 1)
                : word;
    }

    private void add(String mark, int from, int to) {
        add(mark, mark, Lexicon.of(mark), from, to);
    }

    private void add(String form, String stem, long bits, int from, int to) {
        if (count == stems.length) {
            forms = Arrays.copyOf(forms, 2 * count);
            stems = Arrays.copyOf(stems, 2 * count);
            concepts = Arrays.copyOf(concepts, 2 * count);
            starts = Arrays.copyOf(starts, 2 * count);
            ends = Arrays.copyOf(ends, 2 * count);
            isLast = Arrays.copyOf(isLast, 2 * count);
        }
        forms[count] = form.hashCode();
        stems[count] = stem.hashCode();
        concepts[count] = bits;
        starts[count] = from;
        ends[count] = to;
        count++;
        sinceLast++;
        if (sinceLast >= LONGEST_SENTENCE) {
            end();
        }
    }

    private void end() {
        if (count > 0) {
            isLast[count - 1] = true;
            sinceLast = 0;
        }
    }
}
