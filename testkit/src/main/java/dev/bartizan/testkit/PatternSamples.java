package dev.bartizan.testkit;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BinaryOperator;
import java.util.regex.Pattern;

/// Texts that the beginning of a pattern matches, each as short as it goes: what somebody would
/// repeat who wants the pattern to begin again and again. Lookarounds and references are left out.
public final class PatternSamples {
    private static final int VARIANTS = 3;
    private static final int MOST_SAMPLES = 240;
    private static final int MOST_REPEATED = 40;
    private static final int MOST_TIMES = 30;
    private static final String CHARACTERS =
            "a0 /.-_=:,;\"'(<{[#@%$A>)}]\\\n\t!?*+|&`~^é" + "bcdefghijklmnopqrstuvwxyz123456789";

    private final String regex;
    private final Set<String> beginnings = new LinkedHashSet<>();
    private final Set<String> repeated = new LinkedHashSet<>();
    private int at;

    private PatternSamples(String regex) {
        this.regex = regex;
    }

    /// Samples of a pattern.
    public static PatternSamples of(Pattern pattern) {
        PatternSamples samples = new PatternSamples(pattern.pattern());
        samples.alternatives(List.of("", "", ""), true);
        samples.beginnings.remove("");
        samples.repeated.remove("");
        return samples;
    }

    /// Samples of every beginning of every alternative.
    public Set<String> beginnings() {
        return Collections.unmodifiableSet(beginnings);
    }

    /// Samples of everything that may stand there any number of times.
    public Set<String> repeated() {
        return Collections.unmodifiableSet(repeated);
    }

    /// What the alternatives up to the closing bracket match, a few variants.
    ///
    /// @param before what was matched before them
    /// @param isKept whether beginnings are kept as samples
    private List<String> alternatives(List<String> before, boolean isKept) {
        List<List<String>> all = new ArrayList<>();
        do {
            all.add(sequence(before, isKept));
        } while (take('|'));
        List<String> variants = new ArrayList<>();
        for (int i = 0; i < VARIANTS; i++) {
            variants.add(all.get(i % all.size()).get(i));
        }
        return variants;
    }

    private List<String> sequence(List<String> before, boolean isKept) {
        List<String> matched = List.of("", "", "");
        while (at < regex.length() && regex.charAt(at) != '|' && regex.charAt(at) != ')') {
            List<String> here = joined(before, matched, String::concat);
            List<String> atom = repeated(atom(here, isKept));
            matched = joined(matched, atom, String::concat);
            if (isKept && beginnings.size() < MOST_SAMPLES) {
                beginnings.addAll(joined(before, matched, String::concat));
            }
        }
        return matched;
    }

    private static List<String> joined(
            List<String> some, List<String> others, BinaryOperator<String> how) {
        List<String> all = new ArrayList<>();
        for (int i = 0; i < VARIANTS; i++) {
            all.add(how.apply(some.get(i), others.get(i)));
        }
        return all;
    }

    private List<String> atom(List<String> before, boolean isKept) {
        char c = regex.charAt(at++);
        return switch (c) {
            case '(' -> group(before, isKept);
            case '[' -> ofClass();
            case '\\' -> escape();
            case '^', '$' -> same("");
            case '.' -> List.of("a", "0", "/");
            default -> same(String.valueOf(c));
        };
    }

    private static List<String> same(String text) {
        return List.of(text, text, text);
    }

    private List<String> group(List<String> before, boolean isKept) {
        boolean isAround = false;
        if (take('?')) {
            isAround = regex.startsWith("=", at) || regex.startsWith("!", at);
            isAround |= regex.startsWith("<=", at) || regex.startsWith("<!", at);
            while (":)>=!".indexOf(regex.charAt(at)) < 0) {
                at++;
            }
            if (regex.charAt(at) == ')') { // flags alone
                at++;
                return same("");
            }
            at++;
        }
        List<String> inner = alternatives(before, isKept && !isAround);
        take(')');
        return isAround ? same("") : inner;
    }

    private List<String> ofClass() {
        int start = at - 1;
        int depth = 1;
        while (depth > 0) {
            char c = regex.charAt(at++);
            if (c == '\\') {
                at++;
            } else {
                boolean isFirst =
                        at == start + 2 || (at == start + 3 && regex.charAt(at - 2) == '^');
                depth += c == '[' ? 1 : c == ']' && !isFirst ? -1 : 0;
            }
        }
        return matching(regex.substring(start, at));
    }

    /// The first characters that a class takes.
    private static List<String> matching(String one) {
        Pattern pattern = Pattern.compile(one);
        List<String> found = new ArrayList<>();
        for (int i = 0; i < CHARACTERS.length() && found.size() < VARIANTS; i++) {
            String character = CHARACTERS.substring(i, i + 1);
            if (pattern.matcher(character).matches()) {
                found.add(character);
            }
        }
        if (found.isEmpty()) {
            return same("");
        }
        while (found.size() < VARIANTS) {
            found.add(found.getFirst());
        }
        return found;
    }

    private List<String> escape() {
        int start = at - 1;
        char c = regex.charAt(at++);
        if ("bBAGzZk123456789".indexOf(c) >= 0) {
            return same("");
        }
        if (c == 'Q') {
            int end = regex.indexOf("\\E", at);
            String text = regex.substring(at, end < 0 ? regex.length() : end);
            at = end < 0 ? regex.length() : end + 2;
            return same(text);
        }
        if ("pPxN".indexOf(c) >= 0 && regex.startsWith("{", at)) {
            at = regex.indexOf('}', at) + 1;
        } else if (c == 'p' || c == 'P' || c == 'c') {
            at++;
        } else if (c == 'x') {
            at += 2;
        } else if (c == 'u') {
            at += 4;
        }
        return matching(regex.substring(start, at));
    }

    /// An atom as often as it must be there; of one that need not be, one variant leaves it out.
    private List<String> repeated(List<String> atom) {
        if (at >= regex.length()) {
            return atom;
        }
        char c = regex.charAt(at);
        int least = 1;
        boolean isOptional = c == '?' || c == '*';
        boolean isAny = c == '*' || c == '+';
        if (c == '{') {
            int end = regex.indexOf('}', at);
            least = Integer.parseInt(regex.substring(at + 1, end).split(",", -1)[0].strip());
            isOptional = least == 0;
            isAny = regex.startsWith(",}", end - 1);
            at = end;
        } else if (!isOptional && c != '+') {
            return atom;
        }
        if (isAny && repeated.size() < MOST_REPEATED) {
            repeated.addAll(atom);
        }
        at++;
        if (at < regex.length() && "?+".indexOf(regex.charAt(at)) >= 0) {
            at++;
        }
        int times = Math.clamp(least, 1, MOST_TIMES);
        List<String> all = new ArrayList<>(joined(atom, atom, (one, _) -> one.repeat(times)));
        if (isOptional) {
            all.set(1, "");
        }
        return all;
    }

    private boolean take(char c) {
        boolean isThere = at < regex.length() && regex.charAt(at) == c;
        at += isThere ? 1 : 0;
        return isThere;
    }
}
