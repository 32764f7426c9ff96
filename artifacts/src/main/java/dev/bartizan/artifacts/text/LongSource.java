package dev.bartizan.artifacts.text;

import dev.bartizan.artifacts.python.Value;
import dev.bartizan.artifacts.spi.Finds;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/// A long Python source in parts that can be read one by one. Each begins with the imports of the
/// whole source. Comments are left out, and long texts are shortened, with a hole where something
/// is missing. A part ends with a statement where that is possible, and elsewhere begins a little
/// in front of where the one before it ends.
final class LongSource implements Iterator<String> {
    private static final int MOST_IMPORTS = 1 << 16;
    private static final int MOST_KNOWN = 1_000;
    private static final int SHARE_OF_IMPORTS = 8;
    private static final int LONGEST_TEXT = 1 << 12;
    private static final int OVERLAP = 1 << 11;
    private static final int FIRST_LINES = 2;

    private static final Pattern IMPORT =
            Pattern.compile(
                    "(?m)(?:^|;)[ \\t]*+(from[ \\t]++[\\w.]++[ \\t]++import[ \\t]*+(?:\\([^()]{0,2000}+\\)|[^\\n;(]{1,300}+)|import[ \\t]++[^\\n;]{1,300}+)");

    private final String source;
    private final String imports;
    private final int longest;
    private final StringBuilder part = new StringBuilder();
    private int at;
    private int line;
    private int depth;

    /// How much of the part is whole statements.
    private int statements;

    /// @param longest how long a part may be
    LongSource(String source, int longest) {
        this.source = source;
        this.imports = imports(source, Math.min(MOST_IMPORTS, longest / SHARE_OF_IMPORTS));
        this.longest = longest - imports.length() - LONGEST_TEXT;
    }

    private static String imports(String source, int most) {
        Set<String> lines = new LinkedHashSet<>();
        Set<String> known = new HashSet<>();
        int length = 0;
        for (MatchResult found :
                (Iterable<MatchResult>) Finds.of(IMPORT, source).results()::iterator) {
            if (known.size() < MOST_KNOWN && !known.add(found.group(1))) {
                continue;
            }
            String text = found.group(1).replaceAll("#[^\\n]*", "").replaceAll("\\s+", " ");
            boolean hasRoom = length + text.length() < most;
            if (hasRoom && lines.add(text)) {
                length += text.length() + 1;
            }
        }
        return String.join("\n", lines) + "\n";
    }

    @Override
    public boolean hasNext() {
        return at < source.length() || !part.isEmpty();
    }

    @Override
    public String next() {
        if (!hasNext()) {
            throw new NoSuchElementException("The source has no more parts");
        }
        boolean isFirst = at == 0;
        while (at < source.length() && part.length() < longest) {
            step();
        }
        boolean isLast = at >= source.length();
        int cut = isLast || statements < longest / 2 ? part.length() : statements;
        String text =
                (isFirst ? "" : imports) + part.substring(0, cut) + (isFirst ? "\n" + imports : "");
        int kept = isLast || cut == statements ? cut : Math.max(0, cut - OVERLAP);
        part.delete(0, kept);
        statements = 0;
        return text;
    }

    private void step() {
        char c = source.charAt(at);
        if (c == '#' && line >= FIRST_LINES) {
            while (at < source.length() && source.charAt(at) != '\n') {
                at++;
            }
        } else if (c == '#') {
            int end = source.indexOf('\n', at);
            int to = end < 0 ? source.length() : end;
            part.append(source, at, Math.min(to, at + LONGEST_TEXT));
            at = to;
        } else if (c == '"' || c == '\'') {
            string(source.startsWith(String.valueOf(c).repeat(3), at) ? 3 : 1, c);
        } else {
            sign(c);
        }
    }

    private void sign(char c) {
        if (c == '(' || c == '[' || c == '{') {
            depth++;
        } else if (c == ')' || c == ']' || c == '}') {
            depth = Math.max(0, depth - 1);
        }
        boolean isAgain = c <= ' ' && !part.isEmpty() && part.charAt(part.length() - 1) == c;
        if (!isAgain || at % 8 == 0) {
            part.append(c);
        }
        at++;
        if (c == '\n') {
            line++;
            statements = depth == 0 ? part.length() : statements;
        }
    }

    private void string(int quotes, char quote) {
        String end = String.valueOf(quote).repeat(quotes);
        int start = at;
        at += quotes;
        while (at < source.length() && !source.startsWith(end, at)) {
            char c = source.charAt(at);
            if (quotes == 1 && c == '\n') {
                break;
            }
            at += c == '\\' ? 2 : 1;
        }
        boolean isEnded = source.startsWith(end, at);
        at = Math.min(source.length(), isEnded ? at + quotes : at);
        if (at - start <= LONGEST_TEXT) {
            part.append(source, start, at);
        } else {
            part.append(source, start, start + LONGEST_TEXT - end.length() - 1);
            while (part.charAt(part.length() - 1) == '\\') {
                part.setLength(part.length() - 1);
            }
            part.append(Value.HOLE).append(end);
        }
    }
}
