package dev.bartizan.artifacts.config;

import dev.bartizan.artifacts.spi.LazyPattern;
import java.util.Optional;
import java.util.regex.Matcher;

/// Magics of IPython that a cell calls as functions, and those that run what stands at an address
/// (IPython, "Built-in magic commands").
final class Magics {
    private static final int MOST = 100;
    private static final String TEXT =
            "(?:[rfbRFB]{0,2})(?:\"\"\"([\\s\\S]{1,500}?)\"\"\"|'''([\\s\\S]{1,500}?)'''|\"((?:[^\"\\\\\\n]|\\\\.){1,2000}+)\"|'((?:[^'\\\\\\n]|\\\\.){1,2000}+)')";

    private static final LazyPattern CALLED =
            LazyPattern.of(
                    "\\.(?:run_line_magic\\s{0,4}\\(\\s{0,10}['\"](?:sx|system|sc|bash|sh|!|!!)['\"]\\s{0,4},\\s{0,10}"
                            + "|run_cell_magic\\s{0,4}\\(\\s{0,10}['\"](?:bash|sh|script|sx|system|!|!!)['\"]\\s{0,4},\\s{0,10}['\"][^'\"\\n]{0,80}['\"]\\s{0,4},\\s{0,10}"
                            + "|(?:getoutput|system|system_piped|system_raw|getoutput_pexpect)\\s{0,4}\\(\\s{0,10})"
                            + TEXT);

    private static final LazyPattern FROM_AN_ADDRESS =
            LazyPattern.of(
                    "(?m)^[ \\t]{0,40}%(?:run|load|loadpy|load_ext|runfile)[ \\t](?:-\\w[ \\t]{1,4}){0,4}[\"']?(https?://[^\\s\"']{4,300})"
                            + "|\\brun_line_magic\\s{0,4}\\(\\s{0,10}['\"](?:run|load|loadpy)['\"]\\s{0,4},\\s{0,10}['\"](?:-\\w )?(https?://[^\\s\"']{4,300})");

    private Magics() {}

    /// What a cell hands to a shell by calls, a line each.
    static String called(String source) {
        if (!source.contains("magic") && !source.contains("get_ipython")) {
            return "";
        }
        StringBuilder lines = new StringBuilder();
        Matcher called = CALLED.matcher(source);
        for (int i = 0; i < MOST && called.find(); i++) {
            for (int group = 1; group <= called.groupCount(); group++) {
                if (called.group(group) != null) {
                    lines.append(called.group(group).replaceAll("\\\\([\"'])", "$1")).append('\n');
                }
            }
        }
        return lines.toString();
    }

    /// The address whose program a cell runs.
    static Optional<String> runFrom(String source) {
        if (!source.contains("://") || !(source.contains("run") || source.contains("load"))) {
            return Optional.empty();
        }
        Matcher run = FROM_AN_ADDRESS.matcher(source);
        return run.find()
                ? Optional.of(run.group(1) == null ? run.group(2) : run.group(1))
                : Optional.empty();
    }
}
