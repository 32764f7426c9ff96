package dev.bartizan.artifacts.text;

import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What readers of settings fill in before they use a value (OmegaConf, "Variable interpolation"):
/// `${a.b}` by the setting of that path, `${oc.env:NAME,default}` by its default.
final class Interpolations {
    private static final int MOST = 20_000;
    private static final int LONGEST = 400;
    private static final int DEEPEST = 8;
    private static final Pattern REFERENCE =
            Pattern.compile("\\$\\{\\s*(?:oc\\.(?:env|decode|select):)?([^${}]{1,200})\\}");

    private final Map<String, String> values = new HashMap<>();

    /// Keeps a value that others may refer to.
    void keep(String path, String value) {
        if (value.length() <= LONGEST && values.size() < MOST) {
            values.putIfAbsent(path, value);
        }
    }

    static boolean isIn(String value) {
        return value.contains("${");
    }

    /// The value with what is known filled in; what is not known stays.
    String filled(String value) {
        String filled = value;
        for (int depth = 0; depth < DEEPEST && isIn(filled); depth++) {
            Matcher reference = REFERENCE.matcher(filled);
            String next =
                    reference.replaceAll(found ->
                            Matcher.quoteReplacement(value(found.group(), found.group(1))));
            if (next.equals(filled) || next.length() > LONGEST) {
                return filled;
            }
            filled = next;
        }
        return filled;
    }

    /// @param reference as it is written
    /// @param inner path, or name and default
    private String value(String reference, String inner) {
        int comma = inner.indexOf(',');
        if (comma >= 0) {
            return inner.substring(comma + 1).strip();
        }
        String path = inner.strip().replaceFirst("^\\.+", "");
        return values.getOrDefault(path, reference);
    }
}
