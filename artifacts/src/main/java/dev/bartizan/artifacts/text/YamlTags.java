package dev.bartizan.artifacts.text;

import dev.bartizan.artifacts.pickle.Reach;
import dev.bartizan.core.Severity;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Tags of YAML that make Python's readers build objects (PyYAML, "YAML tags and Python types"):
/// how bad one is hangs on what it names, and on whether that is called.
final class YamlTags {
    private static final Pattern PYTHON =
            Pattern.compile("python/(name|module|object|object/apply|object/new|apply):(.*)");

    /// Packages whose names settings call or refer to in good faith.
    private static final Set<String> ORDINARY =
            Set.of(
                    "argparse",
                    "collections",
                    "datetime",
                    "decimal",
                    "easydict",
                    "enum",
                    "fractions",
                    "lightning",
                    "material",
                    "materialx",
                    "numpy",
                    "omegaconf",
                    "pandas",
                    "pathlib",
                    "pymdownx",
                    "pytorch_lightning",
                    "sklearn",
                    "torch",
                    "torchvision",
                    "transformers",
                    "uuid",
                    "yacs",
                    "zoneinfo");

    private YamlTags() {}

    /// @param tag without `!!` or `tag:yaml.org,2002:`
    static Severity severity(String tag) {
        Matcher python = PYTHON.matcher(tag);
        if (!python.matches()) {
            return Severity.CRITICAL;
        }
        String named = python.group(2).strip();
        Optional<Reach> reach =
                python.group(1).equals("module") ? Reach.module(named) : Reach.of(named);
        String root = named.replaceFirst("\\..*", "");
        boolean isOrdinary = ORDINARY.contains(root) && !isCritical(reach);
        boolean isCalled = python.group(1).endsWith("apply") || python.group(1).endsWith("new");
        if (isOrdinary && reach.isEmpty()) {
            return Severity.LOW;
        }
        if (isOrdinary || !isCalled) {
            return reach.isPresent() && !isPlainClass(named) ? Severity.CRITICAL : Severity.LOW;
        }
        return Severity.CRITICAL;
    }

    private static boolean isCritical(Optional<Reach> reach) {
        return reach.filter(r -> r.severity() == Severity.CRITICAL).isPresent();
    }

    /// Classes of the standard library that only hold values.
    private static boolean isPlainClass(String named) {
        return named.matches(
                "argparse\\.Namespace|pathlib\\.\\w*Path|collections\\.\\w+|enum\\.\\w+|datetime\\.\\w+|decimal\\.Decimal|fractions\\.Fraction|uuid\\.(UUID|SafeUUID)|zoneinfo\\.ZoneInfo");
    }
}
