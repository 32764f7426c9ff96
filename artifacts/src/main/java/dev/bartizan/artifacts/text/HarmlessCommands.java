package dev.bartizan.artifacts.text;

import dev.bartizan.artifacts.python.Value;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Commands that training programs run every day and that change nothing on the machine: which
/// commit this is, which devices and packages there are, data fetched over HTTPS, sound decoded.
/// Each is known by its program, what it is told to do, and by having none of the options through
/// which that program can be made to run others.
final class HarmlessCommands {
    private static final Pattern BETWEEN = Pattern.compile("&&|\\|\\||[;|\\n]");
    private static final Pattern TO_NOWHERE =
            Pattern.compile("\\d?>\\s*/dev/null|2>&1|&>\\s*/dev/null");
    private static final Pattern SPECIAL = Pattern.compile("[`><&\\\\\uFFFC]|\\$\\(");
    private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|'([^']*)'|(\\S+)");

    private static final Pattern TOOL =
            Pattern.compile(
                    "gcc|g\\+\\+|cc|c\\+\\+|clang|clang\\+\\+|nvcc|hipcc|cmake|make|ninja|python[\\d.]*|pip3?|uv|conda"
                            + "|mamba|git|git-lfs|java|node|npm|go|rustc|cargo|docker|ffmpeg|ffprobe|sox|nvidia-smi"
                            + "|rocminfo|ldd|bazel|protoc|trtexec");
    private static final Set<String> VERSION =
            Set.of("--version", "-version", "-V", "-v", "version", "--help", "-h");

    private static final Set<String> GIT_READS =
            Set.of(
                    "rev-parse",
                    "describe",
                    "log",
                    "status",
                    "diff",
                    "show",
                    "symbolic-ref",
                    "rev-list",
                    "ls-files",
                    "ls-tree",
                    "name-rev",
                    "diff-index",
                    "diff-files",
                    "diff-tree",
                    "merge-base",
                    "cat-file",
                    "shortlog",
                    "for-each-ref",
                    "blame",
                    "version",
                    "show-ref",
                    "count-objects",
                    "branch",
                    "tag",
                    "remote",
                    "config",
                    "clone",
                    "ls-remote");

    /// Options and settings through which git runs other programs or writes elsewhere (git-config).
    private static final Predicate<String> GIT_RUNS =
            Pattern.compile(
                            "-[cu]|--config.*|--exec.*|--upload-pack.*|--ext-diff|-O.*|--open-files-in-pager.*"
                                    + "|--output.*|--template.*|--receive-pack.*|(ext|http)::?.*|!.*"
                                    + "|(core|alias|filter|credential|diff)\\..*")
                    .asMatchPredicate();

    private static final Set<String> PACKAGE_LISTS =
            Set.of("freeze", "list", "show", "info", "check");

    /// Packages by their names, from where the machine is told to fetch them, and options that
    /// change neither.
    private static final Predicate<String> PLAIN_INSTALL =
            Pattern.compile(
                            "install|[A-Za-z0-9][\\w.-]*(\\[[\\w,-]+])?([=<>!~]=?=?[\\w.*,<>=!~]+)?|-[qUy]+|-r|--(upgrade|quiet|user|yes|no-cache-dir|no-deps|no-build-isolation|pre|disable-pip-version-check|force-reinstall|no-warn-script-location)")
                    .asMatchPredicate();

    private static final Set<String> SAYS =
            Set.of(
                    "nproc",
                    "lscpu",
                    "clear",
                    "cls",
                    "pwd",
                    "free",
                    "df",
                    "lspci",
                    "lsb_release",
                    "which",
                    "where",
                    "nvidia-smi",
                    "rocm-smi",
                    "rocminfo",
                    "scontrol",
                    "sinfo",
                    "squeue",
                    "mkdir",
                    "head",
                    "tail",
                    "wc",
                    "grep",
                    "cut",
                    "uniq",
                    "tr",
                    "ls",
                    "tree",
                    "du",
                    "date",
                    "uptime",
                    "echo",
                    "true",
                    "sleep",
                    "stty",
                    "tput",
                    "streamlit",
                    "pytest",
                    "black",
                    "ruff",
                    "tensorboard");

    /// What makes one of those change a device or a job.
    private static final Predicate<String> SETS =
            Pattern.compile(
                            "/(etc/(passwd|shadow)|root)\\b.*|.*(\\.ssh|\\.aws|\\.netrc|\\.env|://).*|-(r|pm|pl|lgc|rgc|ac|rac|c|e|mig|cgi|dgi)|--(gpu-reset|reset.*|set.*|persistence.*|power-limit.*)|update|cancel")
                    .asMatchPredicate();

    private static final Set<String> MEDIA = Set.of("ffmpeg", "ffprobe", "sox", "soxi");
    private static final Set<String> UNPACKS = Set.of("tar", "unzip", "gunzip", "unxz");
    private static final Predicate<String> UNPACKS_ELSEWHERE =
            Pattern.compile(
                            "--checkpoint-action.*|--use-compress-program.*|-I.*|--to-command.*|-\\w*P\\w*|--absolute-names|/(etc|usr|bin|root|home)\\b.*")
                    .asMatchPredicate();

    /// Data from a machine that has a name: what an ending says is no program, and what hubs of
    /// models hold.
    private static final Predicate<String> DATA =
            Pattern.compile(
                            "https://(?!\\d+\\.)[\\w.-]+/\\S*\\.(zip|tar|tgz|gz|bz2|xz|7z|zst|csv|tsv|json|jsonl|txt|parquet|arrow"
                                    + "|npy|npz|h5|hdf5|safetensors|onnx|gguf|pt|pth|ckpt|model|vocab|yaml|yml|xml|png|jpe?g"
                                    + "|wav|mp3|mp4|md|pdf)([?#]\\S*)?"
                                    + "|https://(huggingface\\.co|hf\\.co|zenodo\\.org|storage\\.googleapis\\.com)/\\S*")
                    .asMatchPredicate();

    private static final Predicate<String> SENDS =
            Pattern.compile(
                            "-[dFTXK].*|--(data|form|upload|post|request|method|body|config|netrc|cookie).*"
                                    + "|(?!https:).*(/etc/|/usr/|/bin/|\\.ssh|\\.bashrc|\\.profile).*")
                    .asMatchPredicate();

    private HarmlessCommands() {}

    /// Whether a shell does nothing but harmless things with a text.
    static boolean isHarmless(String shell) {
        String plain = TO_NOWHERE.matcher(shell).replaceAll(" ").strip();
        return !plain.isEmpty()
                && !SPECIAL.matcher(BETWEEN.matcher(plain).replaceAll(" ")).find()
                && BETWEEN.splitAsStream(plain)
                        .filter(part -> !part.isBlank())
                        .allMatch(part -> isHarmless(words(part)));
    }

    private static List<String> words(String command) {
        return WORD.matcher(command)
                .results()
                .map(found ->
                        Stream.of(found.group(1), found.group(2), found.group(3))
                                .filter(Objects::nonNull)
                                .findFirst()
                                .orElse(""))
                .toList();
    }

    /// Whether a program with its arguments, run without a shell, is harmless. An argument that is
    /// not known may be anything but one of the options that run something.
    static boolean isHarmless(List<String> words) {
        if (words.isEmpty() || words.getFirst().startsWith(".")) {
            return false;
        }
        String path = words.getFirst();
        String program = path.substring(path.lastIndexOf('/') + 1);
        List<String> arguments = words.subList(1, words.size());
        if (isVersion(program, arguments)) {
            return true;
        }
        if (path.indexOf(Value.HOLE) >= 0) {
            return false;
        }
        return switch (program) {
            case "git" -> isReading(arguments);
            case "pip", "pip3", "conda", "mamba" -> isListing(arguments);
            case "uv" -> starts(arguments, "pip") && isListing(rest(arguments, 1));
            case "python", "python3" ->
                    starts(arguments, "-m", "pip") && isListing(rest(arguments, 2));
            case "curl", "wget" -> isDownload(arguments);
            case "hf", "huggingface-cli" -> starts(arguments, "download");
            default ->
                    (SAYS.contains(program) && arguments.stream().noneMatch(SETS))
                            || (MEDIA.contains(program)
                                    && arguments.stream().noneMatch(a -> a.contains("://")))
                            || (UNPACKS.contains(program)
                                    && arguments.stream().noneMatch(UNPACKS_ELSEWHERE));
        };
    }

    private static boolean isVersion(String program, List<String> arguments) {
        return TOOL.matcher(program).matches()
                && arguments.size() == 1
                && VERSION.contains(arguments.getFirst());
    }

    private static boolean starts(List<String> arguments, String... with) {
        return arguments.size() >= with.length
                && arguments.subList(0, with.length).equals(List.of(with));
    }

    private static List<String> rest(List<String> arguments, int from) {
        return arguments.subList(from, arguments.size());
    }

    private static boolean isListing(List<String> arguments) {
        return !arguments.isEmpty()
                && (PACKAGE_LISTS.contains(arguments.getFirst())
                        || (arguments.getFirst().equals("install")
                                && arguments.stream().allMatch(PLAIN_INSTALL)));
    }

    private static boolean isReading(List<String> arguments) {
        int verbAt = 0;
        while (verbAt < arguments.size() && arguments.get(verbAt).startsWith("-")) {
            String option = arguments.get(verbAt);
            boolean takesPath = option.matches("-C|--git-dir|--work-tree");
            if (!takesPath && !option.matches("--no-pager|--(git-dir|work-tree)=.*")) {
                return false;
            }
            verbAt += takesPath ? 2 : 1;
        }
        if (verbAt >= arguments.size() || !GIT_READS.contains(arguments.get(verbAt))) {
            return false;
        }
        List<String> rest = rest(arguments, verbAt + 1);
        boolean isSetting =
                arguments.get(verbAt).equals("config")
                        && rest.size() != 1
                        && rest.stream().noneMatch(a -> a.matches("--get.*|-l|--list"));
        return !isSetting && rest.stream().noneMatch(GIT_RUNS);
    }

    private static boolean isDownload(List<String> arguments) {
        List<String> addresses = arguments.stream().filter(a -> a.contains("://")).toList();
        return !addresses.isEmpty()
                && addresses.stream().allMatch(DATA)
                && arguments.stream().noneMatch(SENDS);
    }
}
