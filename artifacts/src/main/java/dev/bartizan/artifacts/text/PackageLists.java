package dev.bartizan.artifacts.text;

import dev.bartizan.core.Severity;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Lists of packages as pip reads them (pip, "Requirements File Format"): where they have packages
/// fetched from. Whoever owns the place decides what is installed, and setup code runs at once.
final class PackageLists {
    private static final int LONGEST_LINE = 2_000;

    /// An option with what it is given: behind `=`, behind blanks, or at once where it is short.
    private static final Pattern OPTION =
            Pattern.compile(
                    "(?:(--index-url|--pypi-url|--extra-index-url|--find-links|--editable|--requirement|--constraint)(?:\\s*+=\\s*+|\\s++)|(-[ifecr])\\s*+=?\\s*+)[\"']?([^\\s\"']+).*");

    private static final Pattern OTHER_OPTION =
            Pattern.compile(
                    "--(?:no-index|pre|prefer-binary|require-hashes|trusted-host|use-feature|no-binary|only-binary|hash)\\b.*");

    /// A name with where it lies (PEP 508), or the place alone.
    private static final Pattern DIRECT =
            Pattern.compile(
                    "(?:[A-Za-z0-9][\\w.-]*+\\s*+(?:\\[[^\\]]*+])?\\s*+@\\s*+)?((?:[a-z]{2,5}\\+)?[a-z][a-z+]{1,8}://[^\\s;\"']+).*");

    private static final Pattern NAMED =
            Pattern.compile(
                    "[A-Za-z0-9][\\w.-]*+\\s*+(?:\\[[^\\]]*+])?\\s*+(?:(?:[=<>!~]=?=?|;|\\(|--hash|\\\\).*)?");

    private static final Pattern URL =
            Pattern.compile("(?:(\\w+)\\+)?(\\w[\\w+]*)://(?:[^/@]*@)?([^/:?#]+)(?::\\d+)?(.*)");

    /// Who gives packages to everybody: the index of Python, makers of frameworks with wheels of
    /// their own, mirrors of the index.
    private static final Pattern KNOWN =
            Pattern.compile(
                    "(test\\.)?pypi\\.org|pypi\\.python\\.org|files\\.pythonhosted\\.org|download\\.pytorch\\.org|pypi\\.(ngc\\.)?nvidia\\.com|developer\\.download\\.nvidia\\.com"
                            + "|(.*\\.)?huggingface\\.co|hf\\.co|data\\.pyg\\.org|download\\.openmmlab\\.com|repo\\.radeon\\.com|wheels\\.vllm\\.ai|flashinfer\\.ai"
                            + "|(www\\.)?paddlepaddle\\.org(\\.cn)?|pypi\\.tuna\\.tsinghua\\.edu\\.cn|mirrors?\\.(aliyun\\.com|cloud\\.tencent\\.com|ustc\\.edu\\.cn|tuna\\.tsinghua\\.edu\\.cn|huaweicloud\\.com|bfsu\\.edu\\.cn)|pypi\\.(douban\\.com|mirrors\\.ustc\\.edu\\.cn)");

    private static final Pattern KNOWN_PLACE =
            Pattern.compile(
                    "storage\\.googleapis\\.com/(jax-releases|libtpu-releases|libtpu-wheels|tensorflow)/.*");

    private static final Pattern LOCAL =
            Pattern.compile(
                    "localhost|(?:127|10|192\\.168|172\\.(?:1[6-9]|2\\d|3[01]))(?:\\.\\d{1,3}){1,3}|\\[|\\$\\{\\w+}");

    private static final Set<String> FORGES = Set.of("github.com", "www.github.com", "gitlab.com");

    /// Owners on forges whose projects are installed so every day.
    private static final Set<String> OWNERS =
            Set.of(
                    "huggingface",
                    "pytorch",
                    "openai",
                    "facebookresearch",
                    "nvidia",
                    "google",
                    "microsoft",
                    "google-research",
                    "google-deepmind",
                    "deepmind",
                    "tensorflow",
                    "keras-team",
                    "jax-ml",
                    "dao-ailab",
                    "state-spaces",
                    "vllm-project",
                    "unslothai",
                    "modelscope",
                    "qwenlm",
                    "deepseek-ai",
                    "mistralai",
                    "stability-ai",
                    "apple",
                    "salesforce",
                    "allenai",
                    "eleutherai",
                    "bigscience-workshop",
                    "mosaicml",
                    "lightning-ai",
                    "open-mmlab",
                    "paddlepaddle",
                    "onnx",
                    "ultralytics",
                    "numpy",
                    "scipy",
                    "scikit-learn",
                    "pandas-dev",
                    "psf",
                    "pypa",
                    "python",
                    "rwightman",
                    "timdettmers",
                    "bitsandbytes-foundation",
                    "meta-llama",
                    "apache",
                    "aws",
                    "awslabs",
                    "intel",
                    "amd",
                    "rocm",
                    "explosion",
                    "speechbrain",
                    "espnet",
                    "coqui-ai",
                    "nvlabs",
                    "crfm",
                    "stanfordnlp",
                    "thudm",
                    "zai-org",
                    "internlm");

    /// What names one state of a repository: a commit, or a tag of a version.
    private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{7,40}");

    private static final Pattern VERSION =
            Pattern.compile("(?:[A-Za-z]{1,30}[-_])?v?\\d++\\.[\\w.+-]*+");

    private static final Pattern ON_A_FORGE =
            Pattern.compile("/([^/@]+)/([^/@#?]+?)(?:\\.git)?(?:@([^#?]*))?(?:[#?].*)?");

    private static final Pattern RELEASED =
            Pattern.compile(
                    "/[^/]+/[^/]+/(?:-/)?(?:releases/download/.*|archive/(?:refs/tags/.*|v?\\d.*|[0-9a-f]{7,40}\\.\\w.*))");

    private PackageLists() {}

    /// A place that packages are fetched from.
    record Place(Severity severity, String text) {}

    /// Whether a text is such a list: by its name, or as each of its lines is one of such a list
    /// and one of them says where packages are.
    static boolean isOne(String name, String text) {
        boolean isText = name.endsWith(".txt") || name.endsWith(".in");
        if (isText && (name.contains("require") || name.contains("constraints"))) {
            return true;
        }
        boolean mayBe = isText && (text.contains("--") || text.contains("://"));
        return mayBe
                && lines(text).stream().allMatch(PackageLists::isLine)
                && lines(text).stream().anyMatch(line -> OPTION.matcher(line).matches());
    }

    private static boolean isLine(String line) {
        return line.length() <= LONGEST_LINE
                && (OPTION.matcher(line).matches()
                        || OTHER_OPTION.matcher(line).matches()
                        || DIRECT.matcher(line).matches()
                        || NAMED.matcher(line).matches());
    }

    /// The worst place that a list has packages fetched from.
    ///
    /// @param folders how many folders it lies below the root of what it lies in; negative when
    ///   that has none
    static Optional<Place> worst(String text, int folders) {
        return lines(text).stream()
                .filter(line -> line.length() <= LONGEST_LINE)
                .map(line -> place(line, folders))
                .flatMap(Optional::stream)
                .max(Comparator.comparing(Place::severity));
    }

    private static List<String> lines(String text) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String part : (Iterable<String>) text.lines()::iterator) {
            int comment = part.startsWith("#") ? 0 : part.indexOf(" #");
            String said = comment < 0 ? part : part.substring(0, comment);
            boolean goesOn = said.endsWith("\\");
            line.append(goesOn ? said.substring(0, said.length() - 1) : said);
            if (!goesOn) {
                add(line.toString().strip(), lines);
                line.setLength(0);
            }
        }
        add(line.toString().strip(), lines);
        return lines;
    }

    private static void add(String line, List<String> lines) {
        if (!line.isEmpty()) {
            lines.add(line);
        }
    }

    private static Optional<Place> place(String line, int folders) {
        Matcher option = OPTION.matcher(line);
        if (!option.matches()) {
            Matcher direct = DIRECT.matcher(line);
            return direct.matches() ? source(direct.group(1)) : Optional.empty();
        }
        String name = option.group(1) == null ? option.group(2) : option.group(1);
        String value = option.group(3);
        return switch (name) {
            case "-r", "-c", "--requirement", "--constraint" -> included(value, folders);
            default -> source(value);
        };
    }

    private static Optional<Place> included(String value, int folders) {
        boolean isOutside = folders >= 0 && (value.startsWith("/") || leadsUp(value) > folders);
        return isOutside ? Optional.of(new Place(Severity.MEDIUM, value)) : source(value);
    }

    private static int leadsUp(String path) {
        int up = 0;
        int most = 0;
        for (String part : path.split("[/\\\\]", -1)) {
            up += part.equals("..") ? 1 : part.isEmpty() || part.equals(".") ? 0 : -1;
            most = Math.max(most, up);
        }
        return most;
    }

    private static Optional<Place> source(String place) {
        Matcher url = URL.matcher(place);
        if (!url.matches()) {
            return Optional.empty();
        }
        String host = url.group(3).toLowerCase(Locale.ROOT);
        String path = url.group(4);
        boolean isKnown =
                KNOWN.matcher(host).matches()
                        || KNOWN_PLACE.matcher(host + path).matches()
                        || LOCAL.matcher(host).matches()
                        || url.group(2).equals("file");
        if (isKnown) {
            return Optional.empty();
        }
        if (FORGES.contains(host)) {
            return onForge(path).map(severity -> new Place(severity, place));
        }
        return Optional.of(new Place(Severity.MEDIUM, place));
    }

    private static Optional<Severity> onForge(String path) {
        if (RELEASED.matcher(path).matches()) {
            return Optional.of(Severity.LOW);
        }
        Matcher repository = ON_A_FORGE.matcher(path);
        if (!repository.matches()) {
            String owner = path.replaceFirst("^/", "").replaceFirst("/.*", "");
            return Optional.of(isKnownOwner(owner) ? Severity.LOW : Severity.MEDIUM);
        }
        String state = repository.group(3);
        if (state != null && COMMIT.matcher(state).matches()) {
            return Optional.empty();
        }
        boolean isVersion = state != null && VERSION.matcher(state).matches();
        return Optional.of(
                isVersion || isKnownOwner(repository.group(1)) ? Severity.LOW : Severity.MEDIUM);
    }

    private static boolean isKnownOwner(String owner) {
        return OWNERS.contains(owner.toLowerCase(Locale.ROOT));
    }
}
