package dev.bartizan.artifacts.text;

import dev.bartizan.artifacts.spi.Finds;
import dev.bartizan.artifacts.spi.LazyPattern;
import dev.bartizan.artifacts.spi.Notes;
import dev.bartizan.artifacts.spi.Rule;
import dev.bartizan.artifacts.spi.Shown;
import dev.bartizan.core.Severity;
import java.util.Optional;

/// Files that Python runs when it starts, by their names alone (Python, "site"): `sitecustomize.py`
/// and `usercustomize.py` wherever modules are searched, and the lines of a `.pth` file that
/// import. Nobody has to load a model for that, and no model needs it.
public final class StartupCode {
    private static final int LONGEST = 1 << 20;
    private static final Rule STARTS =
            Rule.code(
                    "runs-when-python-starts",
                    "Remove it before Python is started in or with this folder.",
                    "CWE-427",
                    "CWE-829");

    /// What does nothing at all: texts that stand alone, `pass`, `…`, switches of the language.
    private static final LazyPattern NOTHING =
            LazyPattern.of(
                    "(?m)^[ \\t]*+(?:from[ \\t]+__future__[ \\t]+import[ \\t][\\w, \\t]*+|pass|\\.\\.\\.|[rRuU]?(?:\"\"|''))[ \\t;]*+$");

    /// What changes how every program after it finds and runs code.
    private static final LazyPattern HOOKS =
            LazyPattern.of(
                    "\\b(?:meta_path|path_hooks|path_importer_cache|builtins|__builtins__|__import__|_bootstrap|set(?:trace|profile)|addaudithook|atexit|excepthook|displayhook)\\b|\\bsys\\s*\\.\\s*modules\\s*\\[");

    private static final LazyPattern REACHES =
            LazyPattern.of(
                    "\\b(?:urllib|requests|httpx|aiohttp|socket|http\\.client|smtplib|ftplib|paramiko|subprocess|ctypes|pty|runpy|marshal|pickle)\\b|\\bos\\s*\\.\\s*(?:system|popen|exec\\w*|spawn\\w*|fork)\\b|(?<![\\w.])(?:exec|eval|compile)\\s*\\(");
    private static final LazyPattern IMPORTS =
            LazyPattern.of("(?m)^\\x{FEFF}?import[ \\t][^\\r\\n]*+");

    /// One module with dots, as tools that keep a package where it is developed have it imported.
    private static final LazyPattern ONE_MODULE = LazyPattern.of("import[ \\t]+[\\w.]+[ \\t]*+");

    /// What setuptools puts into every environment.
    private static final LazyPattern SHIM =
            LazyPattern.of(
                    "import os; var = 'SETUPTOOLS_USE_DISTUTILS'; enabled = os\\.environ\\.get\\(var, '\\w+'\\) == 'local'; enabled and __import__\\('_distutils_hack'\\)\\.add_shim\\(\\);?[ \\t]*+");

    private StartupCode() {}

    /// Looks at a text that is a file of such a name.
    public static void look(String text, Notes notes) {
        switch (notes.item().name()) {
            case "sitecustomize.py", "usercustomize.py" -> customize(text, notes);
            default -> {
                if (notes.item().hasEnding(".pth")) {
                    paths(text, notes);
                }
            }
        }
    }

    private static void customize(String text, Notes notes) {
        String read = text.length() > LONGEST ? text.substring(0, LONGEST) : text;
        String bare = CodeInText.bareSource(read);
        boolean isNothing = Finds.without(NOTHING.get(), bare).isBlank();
        if (isNothing && text.length() <= LONGEST) {
            return;
        }
        Optional<String> reach = reach(read, bare);
        notes.finding(
                STARTS,
                reach.isPresent() ? Severity.HIGH : Severity.MEDIUM,
                0,
                "Python runs it at every start, by its name"
                        + reach.map(what -> ", and it reaches out: " + what).orElse(""));
    }

    /// What code that runs by itself has no business with, in the program or in its texts.
    private static Optional<String> reach(String text, String bare) {
        Finds hooks = Finds.of(HOOKS.get(), text);
        if (hooks.find()) {
            return Optional.of(hooks.group());
        }
        Finds reaches = Finds.of(REACHES.get(), bare);
        if (reaches.find()) {
            return Optional.of(reaches.group());
        }
        return CodeInText.inSource(text).map(CodeInText.Use::text);
    }

    private static void paths(String text, Notes notes) {
        String read = text.length() > LONGEST ? text.substring(0, LONGEST) : text;
        Finds lines = Finds.of(IMPORTS.get(), read);
        while (lines.find()) {
            String line = lines.group();
            if (SHIM.matcher(line).matches()) {
                continue;
            }
            boolean isOneModule = ONE_MODULE.matcher(line).matches();
            boolean isReaching =
                    !isOneModule && reach(line, CodeInText.bareSource(line)).isPresent();
            notes.finding(
                    STARTS,
                    isReaching ? Severity.HIGH : Severity.MEDIUM,
                    lines.start(),
                    "Python runs this line at every start: " + Shown.text(line));
            if (isReaching) {
                return;
            }
        }
    }
}
