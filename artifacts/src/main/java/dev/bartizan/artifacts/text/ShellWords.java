package dev.bartizan.artifacts.text;

import dev.bartizan.artifacts.spi.Finds;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A script as a shell reads its words: lines that go on joined, quotes and backslashes within
/// words left out, variables that stand for a word replaced, letters that only look like others
/// read as those.
final class ShellWords {
    private static final int MOST_VARIABLES = 200;
    private static final int LONGEST = 1 << 17;

    private static final Pattern GOES_ON = Pattern.compile("\\\\\\r?\\n");

    private static final int MOST_SHOWN = 100;
    private static final Pattern SHOWN =
            Pattern.compile(
                    "(?m)\\bcat\\s{0,5}(?:1?>&2\\s{0,5})?<<-?\\s{0,5}[\\\\'\"]?(\\w{1,20})['\"]?[ \\t]{0,5}(?:1?>&2[ \\t]{0,5})?$");

    /// A variable that is given a text without anything to work out.
    private static final Pattern GIVEN =
            Pattern.compile(
                    "(?m)(?<![\\w.$/=-])([A-Za-z_]\\w{0,40})=(?:\"([^\"$`\\\\\\n]{1,200})\"|'([^'\\n]{1,200})'|([\\w./:@%+,~-]{1,200}))(?=[\\s;&|)]|$)");

    private static final Pattern USED =
            Pattern.compile("\\$(?:\\{([A-Za-z_]\\w{0,40})}|([A-Za-z_]\\w{0,40}))");

    /// Signs within a word that a shell leaves out.
    private static final Pattern WITHIN =
            Pattern.compile(
                    "(?<=[A-Za-z])\\\\(?=[A-Za-z])"
                            + "|(?<=[A-Za-z])(?:\"\"|''|\\$@|\\$\\*|\\$\\(\\)|``)(?=[A-Za-z])"
                            + "|(?<=[A-Za-z])(['\"])([A-Za-z]{1,12})\\1"
                            + "|(?<![\\w=])(['\"])([A-Za-z]{1,12})\\3(?=[A-Za-z])"
                            + "|(?<=[A-Za-z/])\\[([A-Za-z])](?=[A-Za-z])"
                            + "|(\\$\\{?IFS}?(?:\\$\\d)?)");

    private static final Pattern NEW_LINE = Pattern.compile("\\\\n");

    private static final String LOOK_ALIKES = "аАВсСеЕНіІјЈКМоОрРѕЅТхХуУԁһӏԛԝοΟαρΡνι";
    private static final String LETTERS = "aABcCeEHiIjJKMoOpPsSTxXyYdhlqwoOapPvi";

    private ShellWords() {}

    /// The script as it is read; itself where nothing is disguised.
    static String plain(String script) {
        String joined = script.indexOf('\\') >= 0 ? GOES_ON.matcher(script).replaceAll("") : script;
        String broken =
                joined.indexOf('\\') >= 0 ? NEW_LINE.matcher(joined).replaceAll("\n") : joined;
        return within(replaced(latin(unshown(broken))));
    }

    /// A script without the texts that it only shows (`cat <<END`).
    private static String unshown(String script) {
        if (!script.contains("<<")) {
            return script;
        }
        Finds shown = Finds.of(SHOWN, script);
        StringBuilder rest = new StringBuilder();
        int from = 0;
        for (int i = 0; i < MOST_SHOWN && shown.find(from); i++) {
            int end = script.indexOf("\n" + shown.group(1), shown.end());
            if (end < 0) {
                break;
            }
            rest.append(script, from, shown.start());
            from = end + 1 + shown.group(1).length();
        }
        return from == 0 ? script : rest.append(script, from, script.length()).toString();
    }

    private static String latin(String script) {
        if (script.chars().noneMatch(c -> c >= 0x370 && c < 0x530)) {
            return script;
        }
        StringBuilder latin = new StringBuilder(script);
        for (int i = 0; i < latin.length(); i++) {
            int known = LOOK_ALIKES.indexOf(latin.charAt(i));
            if (known >= 0) {
                latin.setCharAt(i, LETTERS.charAt(known));
            }
        }
        return latin.toString();
    }

    /// Variables replaced by the words that they stand for.
    private static String replaced(String script) {
        if (script.indexOf('$') < 0) {
            return script;
        }
        Map<String, String> given = new HashMap<>();
        Finds each = Finds.of(GIVEN, script);
        while (given.size() < MOST_VARIABLES && each.find()) {
            String text = each.group(2) == null ? each.group(3) : each.group(2);
            given.put(each.group(1), text == null ? each.group(4) : text);
        }
        if (given.isEmpty()) {
            return script;
        }
        StringBuilder replaced = new StringBuilder(script.length());
        Matcher used = USED.matcher(script);
        int from = 0;
        while (used.find() && replaced.length() < LONGEST) {
            String text = given.get(used.group(1) == null ? used.group(2) : used.group(1));
            if (text != null) {
                replaced.append(script, from, used.start()).append(text);
                from = used.end();
            }
        }
        return replaced.append(script, from, script.length()).toString();
    }

    private static String within(String script) {
        Matcher within = WITHIN.matcher(script);
        StringBuilder plain = new StringBuilder(script.length());
        int from = 0;
        while (within.find()) {
            plain.append(script, from, within.start());
            from = within.end();
            for (int group : new int[] {2, 4, 5}) {
                plain.append(within.group(group) == null ? "" : within.group(group));
            }
            plain.append(within.group(6) == null ? "" : " ");
        }
        return from == 0 ? script : plain.append(script, from, script.length()).toString();
    }
}
