package dev.bartizan.artifacts.archive;

import dev.bartizan.artifacts.spi.Item;
import dev.bartizan.formats.zip.ZipArchive;
import dev.bartizan.formats.zip.ZipMember;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// How PyTorch lays out a zip archive: `NAME/data.pkl` with storages in `NAME/data/0` and on,
/// TorchScript with `NAME/constants.pkl` and `NAME/constants/0` besides.
record TorchLayout(Set<String> roots) {
    static final String FORMAT = "pytorch-zip";

    private static final Pattern PICKLE =
            Pattern.compile("(?:(.*)/)?(?:data|constants|bytecode)\\.pkl");
    private static final Set<String> STORAGES =
            Set.of("data", "constants", "tensors", "traced_inputs", "extra");
    private static final String ENDING = ".storage";
    private static final String NO_ROOT = "null";

    static TorchLayout of(ZipArchive archive) {
        return new TorchLayout(
                archive.members().stream()
                        .filter(member -> member.name().endsWith(".pkl"))
                        .map(member -> PICKLE.matcher(member.name()))
                        .filter(Matcher::matches)
                        .map(matcher -> matcher.group(1) == null ? NO_ROOT : matcher.group(1))
                        .collect(Collectors.toSet()));
    }

    Optional<String> format() {
        return roots.isEmpty() ? Optional.empty() : Optional.of(FORMAT);
    }

    Item.Role role(ZipMember member) {
        return isStorage(member.name()) ? Item.Role.NUMBERS : Item.Role.ANY;
    }

    /// Whether it is `ROOT/data/0` with or without ending, or alike. An archive has thousands.
    private boolean isStorage(String name) {
        int end = name.endsWith(ENDING) ? name.length() - ENDING.length() : name.length();
        int number = end;
        while (number > 0 && name.charAt(number - 1) >= '0' && name.charAt(number - 1) <= '9') {
            number--;
        }
        int slash = number - 1;
        if (number == end || slash < 0 || name.charAt(slash) != '/') {
            return false;
        }
        int above = name.lastIndexOf('/', slash - 1);
        return STORAGES.contains(name.substring(above + 1, slash))
                && roots.contains(above < 0 ? NO_ROOT : name.substring(0, above));
    }
}
