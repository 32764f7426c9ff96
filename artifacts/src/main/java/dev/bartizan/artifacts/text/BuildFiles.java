package dev.bartizan.artifacts.text;

import dev.bartizan.artifacts.spi.Finds;
import dev.bartizan.artifacts.spi.Notes;
import dev.bartizan.artifacts.spi.Rule;
import dev.bartizan.artifacts.spi.Sought;
import dev.bartizan.core.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Files beside weights that tools run or obey when somebody builds, installs or opens the folder:
/// recipes of Docker and make, workflows, hooks, lists of packages with where to fetch them,
/// settings of shells. What they are is told by what stands in them; names that tools go by tell it
/// too.
public final class BuildFiles {
    private static final int LONGEST = 1 << 20;
    private static final Rule COMMAND =
            Rule.code(
                    "build-runs-a-command",
                    "Read it before you build, install or open the folder; fetch with a digest instead of"
                            + " piping into a shell.",
                    "CWE-829",
                    "CWE-494");
    private static final Rule SOURCE =
            Rule.code(
                    "packages-come-from-elsewhere",
                    "Use the registries you trust, with hashes (`--require-hashes`, a lock file).",
                    "CWE-829",
                    "CWE-427");
    private static final Rule REACH =
            Rule.code(
                    "build-reaches-the-host",
                    "Mount the folder that is needed, and run without privileges.",
                    "CWE-250",
                    "CWE-732");
    private static final Rule WORKFLOW =
            Rule.code(
                    "workflow-runs-strangers-code",
                    "Check out the base of pull requests, and hand texts over as environment variables.",
                    "CWE-94");

    private static final Rule FORMULAS =
            Rule.code(
                    "table-runs-a-formula",
                    "Open it with a reader of CSV, not with a spreadsheet.",
                    "CWE-1236");

    private static final Pattern FORMULA =
            Pattern.compile(
                    "(?im)(?:^|[,;\\t])[ \"']*[=+@-][ ]*(?:[\\w+*/-]{0,20})(?:(?:cmd|powershell|msexcel|dde|rundll32|mshta|wscript)\\s*\\|[^\\n]{0,80}|(?:webservice|importxml|importdata|importhtml|importfeed|importrange)\\s*\\([^\\n]{0,60}?(?:https?|ftp|file):[^\\n]{0,80}|hyperlink\\s*\\([^\\n]{0,200}?(?:https?|ftp|file):[^\\n]{0,200}?&[ ]?[A-Z]{1,3}\\$?\\d)"
                            + "|(?:^|[,;\\t])[ \"']*[=+@-][^\\n]{0,100}?\\b\\w{2,20}\\s?\\|\\s?'{1,2}[^'\\n]{0,200}'{1,2}!\\$?[A-Z]{1,3}\\$?\\d");

    private static final Pattern COMMENT = Pattern.compile("(?m)^[ \\t]*+(?:#(?!!)[^\\n]*+)?\\n");

    private static final Pattern FENCED = Pattern.compile("(?ms)^[ \\t]*(```|~~~).*?^[ \\t]*\\1");
    private static final Pattern DOCKER_FROM = Pattern.compile("(?mi)^FROM\\s+\\S+");
    private static final Pattern DOCKER_STEP =
            Pattern.compile(
                    "(?mi)^(?:RUN|CMD|ENTRYPOINT|ADD)\\s+((?:[^\\n\\\\]++|\\\\\\r?\\n|\\\\.)*+)");
    private static final Pattern RECIPE = Pattern.compile("(?m)^\\t[-@+]*(.*)$");
    private static final Pattern RULE =
            Pattern.compile("(?m)^[\\w./%$(){}-]+(\\s[\\w./ -]*)?:(?!=)[^\\n]*\\n\\t");
    private static final Pattern MAKEFILE = Pattern.compile("(gnu)?makefile|.*\\.mk");
    private static final Pattern RUN_KEY =
            Pattern.compile(
                    "(?m)^([ \\t]*)(?:- +)?[\"']?(?:run|entry|script|before_script|after_script|command|entrypoint|args|cmds?|post-create|init|postCreateCommand)[\"']?\\s*:(.*(?:\\n(?:\\1[ \\t]+|[ \\t]*- ).*)*+)");
    private static final Pattern ORDERS =
            Pattern.compile(
                    "(?m)^[ \\t]*(jobs|repos|services|stages|steps|tasks|build|hooks|pipelines|spec|containers|initContainers)\\s*:");

    /// TOML and INI: a section, and keys with values.
    private static final Pattern SECTION = Pattern.compile("(?m)^\\[{1,2}[\\w.\"' -]+]{1,2}\\s*$");

    private static final Pattern VALUE =
            Pattern.compile("(?m)^[ \\t]*[\\w.\"-]+\\s*=\\s*(.{1,2000})$");
    private static final Pattern SHELL_FILE =
            Pattern.compile(
                    "\\.?(envrc|bashrc|bash_profile|profile|zshrc|zprofile|justfile|procfile|vagrantfile)|.*\\.(nix|sh|bash|zsh|ps1|psm1|bat|cmd|command)");

    /// Recipes of Apptainer.
    private static final Pattern IMAGE_RECIPE =
            Pattern.compile(
                    "(?ms)\\A(?:\\s++|#[^\\n]*+\\n)*+Bootstrap\\s*:.*^%(post|setup|runscript)\\b");

    /// Ollama's recipe of a model (ollama/ollama, `docs/modelfile.md`), and the files it takes in.
    private static final Pattern MODEL_FROM = Pattern.compile("(?m)^FROM\\s+\\S+\\s*$");

    private static final Pattern MODEL_ORDER =
            Pattern.compile("(?m)^(ADAPTER|PARAMETER|TEMPLATE|SYSTEM)\\s");

    private static final Pattern MODEL_PARTS = Pattern.compile("(?m)^(FROM|ADAPTER)\\s+(\\S+)");
    private static final Pattern PACKAGES_FROM =
            Pattern.compile(
                    "(?m)^(?:[ \\t]*-[ \\t]*)?(?:(?:--?)?(?:index-url|extra-index-url|find-links|index_url|registry|default-index)|-[if])(?:[ \\t]*+[=:][ \\t]*+|[ \\t]++)[\"']?(https?://[^\\s\"']+)");

    /// Settings of tools that install packages, below a section.
    private static final Pattern INDEX_SETTING =
            Pattern.compile(
                    "(?mi)^[ \\t]+[\"']?(?:pip[-_])?(?:extra[-_])?(?:index[-_]url|find[-_]links)[\"']?[ \\t]*[:=][ \\t]*[\"']?(https?://[^\\s\"']+)");

    private static final Pattern IN_A_STEP =
            Pattern.compile(
                    "--(?:extra-)?index-url[= ]+[\"']?(http://[^\\s\"']+)|--trusted-host[= ]+[\"']?([\\w.*:-]+)(?=[\\s\"'\\\\;&|]|$)");
    private static final Pattern TRUSTED =
            Pattern.compile(
                    "(?m)^[ \\t]*(?:-\\s*)?(?:--)?trusted[-_]host(?:[ \\t]*+[=:][ \\t]*+|[ \\t]++)\\[?[\"']?([\\w.*:-]+)[\"']?[\\],]*[ \\t]*(?:#.*)?$");
    private static final Pattern CHANNEL =
            Pattern.compile("(?m)^[ \\t]*-\\s*[\"']?(http://[^\\s\"']+)");

    /// Indexes of packages as tables of TOML: Poetry, uv, PDM, Pipenv.
    private static final Pattern INDEX_TABLE =
            Pattern.compile(
                    "(?m)^\\[{1,2}(?:tool\\.(?:poetry|uv|pdm)\\.)?(?:source|index)]{1,2}[ \\t]*\\n(?:(?!\\[)[^\\n]*\\n){0,8}?\\s*url\\s*=\\s*[\"'](https?://[^\"']+)");

    /// Packages given by where they lie (PEP 508, pip's "VCS Support").
    private static final Pattern DIRECT =
            Pattern.compile(
                    "(?m)^[ \\t]*(?:-e\\s+|-\\s+)?(?:[\\w.\\[\\],-]+\\s*@\\s*(?:git\\+)?|git\\+)(http://[^\\s\"';]+)");

    /// Lines of a list of packages that are nothing but an address.
    private static final Pattern BARE = Pattern.compile("(?m)^(http://[^\\s\"';]+)\\s*$");

    private static final Pattern LOCAL =
            Pattern.compile(
                    "https?://(localhost|127\\.|\\[::1]|10\\.|192\\.168\\.|172\\.(1[6-9]|2\\d|3[01])\\.).*|localhost.*|127\\..*");
    private static final Pattern ADDRESS =
            Pattern.compile("https?://\\d{1,3}(\\.\\d{1,3}){3}\\b.*");
    private static final Pattern HOST_MOUNT =
            Pattern.compile(
                    "(?m)^[ \\t]*-\\s*[\"']?(/|/etc|/root|/var/run/docker\\.sock)(:/?[\\w./-]*)(:rw|:ro)?[\"']?\\s*$");
    private static final Pattern PRIVILEGED =
            Pattern.compile("(?m)^[ \\t]*privileged\\s*:\\s*true\\b");
    private static final Pattern UNTRUSTED_EVENT =
            Pattern.compile(
                    "\\$\\{\\{\\s*github\\.(event\\.(issue|pull_request|comment|review|discussion|head_commit)\\.(title|body|message|head\\.ref)|head_ref)\\s*}}");
    private static final Pattern STRANGERS_HEAD =
            Pattern.compile("github\\.event\\.pull_request\\.head\\.(sha|ref)|github\\.head_ref");

    private static final Sought SOUGHT =
            Sought.of(
                    FORMULA,
                    DOCKER_FROM,
                    DOCKER_STEP,
                    RECIPE,
                    RULE,
                    RUN_KEY,
                    ORDERS,
                    SECTION,
                    VALUE,
                    IMAGE_RECIPE,
                    MODEL_FROM,
                    MODEL_ORDER,
                    MODEL_PARTS,
                    PACKAGES_FROM,
                    INDEX_SETTING,
                    IN_A_STEP,
                    TRUSTED,
                    CHANNEL,
                    INDEX_TABLE,
                    DIRECT,
                    BARE,
                    HOST_MOUNT,
                    PRIVILEGED,
                    STRANGERS_HEAD);

    private final String text;
    private final Notes notes;
    private final Sought.In sought;

    private BuildFiles(String text, Notes notes) {
        this.text = text;
        this.notes = notes;
        this.sought = SOUGHT.in(text);
    }

    /// Notes what a plain text makes tools do.
    public static void look(String text, Notes notes) {
        String part = text.length() > LONGEST ? shortened(text, notes) : text;
        new BuildFiles(Finds.without(FENCED, part), notes).look();
    }

    /// The start of a long text. What tools run is passed over for comments first.
    private static String shortened(String text, Notes notes) {
        String name = notes.item().name();
        boolean isRun =
                SHELL_FILE.matcher(name).matches()
                        || MAKEFILE.matcher(name).matches()
                        || name.contains("dockerfile")
                        || name.contains("containerfile");
        String said = isRun ? Finds.without(COMMENT, text) : text;
        if (said.length() <= LONGEST) {
            return said;
        }
        if (isRun) {
            notes.notCovered("the recipe is longer than what is read of one");
        }
        return said.substring(0, LONGEST);
    }

    /// Notes a package that a text gives by a place that is odd (PEP 508), and nothing else.
    ///
    /// @param place shown in findings
    public static void requirement(String text, String place, Notes notes) {
        if (text.indexOf("://") <= 0) {
            return;
        }
        Matcher direct = DIRECT.matcher(text);
        if (direct.lookingAt() && isOdd(direct.group(1))) {
            notes.findingAt(
                    SOURCE, Severity.MEDIUM, place, "A package is fetched from " + direct.group(1));
        }
    }

    private void look() {
        String name = notes.item().name();
        List<String> commands = new ArrayList<>();
        if (sought.any(DOCKER_FROM)
                || name.startsWith("dockerfile")
                || name.startsWith("containerfile")) {
            groups(DOCKER_STEP, 1).forEach(commands::add);
        }
        if (sought.any(RULE) || MAKEFILE.matcher(name).matches()) {
            groups(RECIPE, 1).forEach(commands::add);
        }
        boolean isPipeline = sought.any(ORDERS);
        if (isPipeline) {
            groups(RUN_KEY, 2).forEach(commands::add);
        }
        if (sought.any(SECTION) || name.endsWith(".toml")) {
            groups(VALUE, 1).forEach(commands::add);
        }
        if (SHELL_FILE.matcher(name).matches() || sought.any(IMAGE_RECIPE)) {
            commands.add(text);
            if (name.matches(".*\\.(bat|cmd)")) {
                commands.add(text.replace("^", ""));
            }
            if (name.matches(".*\\.psm?1")) {
                powerShell(commands);
            }
        }
        if (isModelfile()) {
            sought.finds(MODEL_PARTS)
                    .results()
                    .forEach(part ->
                            ValueText.look(
                                    part.group(1), part.group(2), notes.item().path(), notes));
        }
        commands(commands);
        if (SHELL_FILE.matcher(name).matches() && !text.startsWith("#!")) {
            CodeInText.sabotage(text)
                    .ifPresent(found ->
                            note(COMMAND, Severity.MEDIUM, "Running the script does: " + found));
        }
        packages();
        if (notes.item().hasEnding(".csv", ".tsv")) {
            formulas();
        }
        if (isNoDocument()) {
            HandedCommands.in(name, text)
                    .filter(_ -> !isUsualWorkflow())
                    .ifPresent(found ->
                            notes.findingAt(
                                    TextRules.CODE_BESIDE,
                                    Severity.HIGH,
                                    notes.item().path(),
                                    "The program or recipe does what models never need: " + found));
            OtherScripts.of(text)
                    .ifPresent(use ->
                            notes.findingAt(
                                    TextRules.CODE_BESIDE,
                                    use.severity(),
                                    notes.item().path(),
                                    "The "
                                            + use.language()
                                            + " program beside the weights runs commands or code it puts"
                                            + " together: "
                                            + use.text()));
        }
        if (isPipeline) {
            host();
            workflow();
        }
    }

    private void powerShell(List<String> commands) {
        String plain = PowerShellText.plain(text);
        if (!plain.equals(text)) {
            commands.add(plain);
        }
        PowerShellText.fetchedAndRun(plain)
                .ifPresent(found ->
                        note(
                                COMMAND,
                                Severity.HIGH,
                                "Building, installing or opening the folder runs: " + found));
    }

    /// Cells that spreadsheets work out when the table is opened (OWASP, "CSV Injection").
    private void formulas() {
        Finds formula = sought.finds(FORMULA);
        if (formula.find()) {
            note(
                    FORMULAS,
                    Severity.MEDIUM,
                    "A spreadsheet that opens the table runs: "
                            + formula.group().replaceAll("\\s+", " ").strip());
        }
    }

    private Stream<String> groups(Pattern pattern, int group) {
        return sought.finds(pattern).results().map(found -> found.group(group));
    }

    private void commands(List<String> commands) {
        String all = String.join("\n", commands).replaceAll("\\\\\\r?\\n", " ");
        Commands.judge(all)
                .ifPresent(found ->
                        note(
                                COMMAND,
                                severity(found),
                                "Building, installing or opening the folder runs: "
                                        + found.text()));
    }

    /// Workflows of forges pipe installers into shells every day, on machines that are thrown away;
    /// what comes unencrypted or from an address is odd even there.
    private Severity severity(Commands.Judged found) {
        boolean isUsual =
                text.contains("jobs:")
                        && text.contains("steps:")
                        && found.text().contains("https://")
                        && !ADDRESS.matcher(found.text().replaceFirst("(?s)^.*?https:", "https:"))
                                .find();
        return isUsual && found.kind() == Commands.Kind.FETCHED ? Severity.LOW : found.severity();
    }

    /// Workflows of forges are judged by their steps.
    private boolean isUsualWorkflow() {
        return text.contains("jobs:") && text.contains("steps:");
    }

    private boolean isModelfile() {
        Finds from = sought.finds(MODEL_FROM);
        return from.find() && sought.finds(MODEL_ORDER).find(from.end());
    }

    private static boolean isListOfPackages(String name) {
        return (name.endsWith(".txt") || name.endsWith(".in"))
                && (name.contains("requirements") || name.contains("constraints"));
    }

    /// Registries reached without encryption, by an address or without a check of certificates:
    /// none that a public list of packages names.
    private void packages() {
        if (PackageLists.isOne(notes.item().name(), text)) {
            PackageLists.worst(text, folders())
                    .ifPresent(place ->
                            note(
                                    SOURCE,
                                    place.severity(),
                                    "Packages are fetched from " + place.text()));
        }
        if (!isNoDocument()
                || !(text.contains("http") || text.contains("trusted"))
                || text.lines().anyMatch(line -> line.length() > 400)) {
            return;
        }
        Optional<String> odd =
                Stream.of(
                                groups(PACKAGES_FROM, 1).filter(BuildFiles::isOdd),
                                groups(INDEX_SETTING, 1).filter(BuildFiles::isOdd),
                                groups(IN_A_STEP, 1).filter(url -> url != null && isOdd(url)),
                                groups(IN_A_STEP, 2).filter(host -> host != null && !isLocal(host)),
                                groups(TRUSTED, 1).filter(host -> !isLocal(host)),
                                text.contains("http://")
                                        ? groups(DIRECT, 1).filter(BuildFiles::isOdd)
                                        : Stream.<String>empty(),
                                groups(INDEX_TABLE, 1).filter(BuildFiles::isOdd),
                                isListOfPackages(notes.item().name())
                                        ? groups(BARE, 1).filter(BuildFiles::isOdd)
                                        : Stream.<String>empty(),
                                text.contains("channels:")
                                        ? groups(CHANNEL, 1).filter(BuildFiles::isOdd)
                                        : Stream.<String>empty())
                        .flatMap(each -> each)
                        .findFirst();
        odd.ifPresent(place -> note(SOURCE, Severity.MEDIUM, "Packages are fetched from " + place));
    }

    /// How many folders the file lies below the root of its archive; negative when it lies in none.
    private int folders() {
        String path = notes.item().path();
        int archive = path.lastIndexOf('!');
        return archive < 0
                ? -1
                : (int)
                        path.substring(archive + 1)
                                .replaceFirst("^/", "")
                                .chars()
                                .filter(c -> c == '/')
                                .count();
    }

    /// Documents show addresses and examples.
    private boolean isNoDocument() {
        return !notes.item()
                .hasEnding(".md", ".mdx", ".mdc", ".rst", ".htm", ".html", ".adoc", ".csv", ".tsv");
    }

    private static boolean isOdd(String url) {
        return !isLocal(url) && (url.contains("http://") || ADDRESS.matcher(url).matches());
    }

    private static boolean isLocal(String url) {
        return LOCAL.matcher(url.replace("git+", "")).matches();
    }

    private void host() {
        Finds mount = sought.finds(HOST_MOUNT);
        if (mount.find()) {
            note(REACH, Severity.HIGH, "A container is given the host: " + mount.group(1));
        } else if (sought.any(PRIVILEGED)) {
            note(REACH, Severity.MEDIUM, "A container runs with all privileges");
        }
    }

    /// GitHub, "Security hardening for GitHub Actions".
    private void workflow() {
        if (!text.contains("jobs:")) {
            return;
        }
        boolean runsHead = text.contains("pull_request_target") && sought.any(STRANGERS_HEAD);
        boolean isInjected =
                groups(RUN_KEY, 2).anyMatch(run -> UNTRUSTED_EVENT.matcher(run).find());
        if (runsHead || isInjected) {
            note(
                    WORKFLOW,
                    Severity.MEDIUM,
                    runsHead
                            ? "The workflow runs what a stranger's pull request holds, with secrets"
                            : "The workflow runs what a stranger writes into a title or a text");
        }
    }

    private void note(Rule rule, Severity severity, String message) {
        notes.findingAt(rule, severity, notes.item().path(), message);
    }
}
