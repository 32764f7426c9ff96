package dev.bartizan.artifacts.text;

import dev.bartizan.artifacts.spi.LazyPattern;
import java.util.Optional;
import java.util.regex.Matcher;

/// PowerShell as it is run: backticks within names are nothing, texts that are put together are
/// one, and members may be named in quotes.
final class PowerShellText {
    private static final int MOST = 50;
    private static final int MOST_JOINED = 8;
    private static final LazyPattern TICK = LazyPattern.of("(?<=[A-Za-z])`(?=[A-Za-z])");
    private static final LazyPattern JOINED =
            LazyPattern.of(
                    "'([^'\\n]{0,80})'\\s{0,4}\\+\\s{0,4}'([^'\\n]{0,200})'|\"([^\"$\\n]{0,80})\"\\s{0,4}\\+\\s{0,4}\"([^\"\\n]{0,200})\"");
    private static final LazyPattern MEMBER =
            LazyPattern.of(
                    "\\.\\s{0,2}(?:'(\\w{2,40})'|\"(\\w{2,40})\"|\\(\\s{0,2}['\"](\\w{2,40})['\"]\\s{0,2}\\))(?=\\s{0,2}[.(])");

    /// A file that is fetched.
    private static final LazyPattern FETCHED =
            LazyPattern.of(
                    "(?i)(?:\\.downloadfile(?:async)?\\s{0,4}\\([^\\n,]{1,300},\\s{0,4}|\\b(?:iwr|irm|invoke-webrequest|invoke-restmethod|start-bitstransfer|curl|wget)\\s[^\\n|;]{0,300}?-(?:outfile|destination|o)\\s{1,4})[\"']?([^\"'\\s);]{3,200})");

    private PowerShellText() {}

    /// The text as it is run.
    static String plain(String script) {
        String whole = script.indexOf('`') < 0 ? script : TICK.matcher(script).replaceAll("");
        for (int i = 0; i < MOST_JOINED; i++) {
            String joined = JOINED.matcher(whole).replaceAll("'$1$2$3$4'");
            if (joined.length() == whole.length()) {
                break;
            }
            whole = joined;
        }
        return MEMBER.matcher(whole).replaceAll(".$1$2$3");
    }

    /// A program that is fetched and called by its path.
    static Optional<String> fetchedAndRun(String plain) {
        Matcher fetched = FETCHED.matcher(plain);
        for (int i = 0; i < MOST && fetched.find(); i++) {
            String file = fetched.group(1);
            for (String call :
                    new String[] {"& \"", "& '", "& ", "&\"", ". \"", "Start-Process "}) {
                if (plain.indexOf(call + file, fetched.end()) >= 0) {
                    return Optional.of(fetched.group() + " ; " + call + file);
                }
            }
        }
        return Optional.empty();
    }
}
