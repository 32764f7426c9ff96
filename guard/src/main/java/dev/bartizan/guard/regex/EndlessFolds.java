package dev.bartizan.guard.regex;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/// Expressions that RE2/J never stops compiling: nine Cyrillic letters, U+1C80 to U+1C88, are in
/// its circle of either case but not on it, so a class that holds one of them in either case is
/// folded for ever.
final class EndlessFolds {
    private static final int FIRST = 0x1c80;
    private static final int LAST = 0x1c88;
    private static final Pattern EITHER_CASE = Pattern.compile("\\(\\?[a-zA-Z]*i");
    private static final Pattern POINT =
            Pattern.compile("\\\\x\\{[0-9A-Fa-f]{1,6}}|\\\\x[0-9A-Fa-f]{2}|\\\\?.", Pattern.DOTALL);

    private EndlessFolds() {}

    /// Whether it may be one.
    static boolean mayBe(String expression) {
        if (!EITHER_CASE.matcher(expression).find()) {
            return false;
        }
        List<String> signs = POINT.matcher(expression).results().map(MatchResult::group).toList();
        int firstMember = 0; // of the class that is open; 0 when none is
        for (int i = 0; i < signs.size(); i++) {
            if (firstMember == 0 && signs.get(i).equals("[")) {
                boolean isOthers = i + 1 < signs.size() && signs.get(i + 1).equals("^");
                firstMember = isOthers ? i + 2 : i + 1;
            } else if (i > firstMember && signs.get(i).equals("]")) {
                firstMember = 0;
            }
            boolean isRange =
                    firstMember > 0 && i + 2 < signs.size() && signs.get(i + 1).equals("-");
            int low = point(signs.get(i));
            int high = isRange ? point(signs.get(i + 2)) : low;
            if (low <= LAST && high >= FIRST) {
                return true;
            }
        }
        return false;
    }

    private static int point(String sign) {
        if (sign.startsWith("\\x") && sign.length() > 2) {
            int braces = sign.charAt(2) == '{' ? 1 : 0;
            return Integer.parseInt(sign, 2 + braces, sign.length() - braces, 16);
        }
        return sign.codePointAt(sign.startsWith("\\") && sign.length() > 1 ? 1 : 0);
    }
}
