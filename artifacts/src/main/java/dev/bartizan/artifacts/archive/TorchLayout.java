package dev.bartizan.artifacts.archive;

import dev.bartizan.artifacts.spi.Item;
import dev.bartizan.formats.zip.ZipArchive;
import dev.bartizan.formats.zip.ZipMember;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/// How PyTorch lays out a zip archive: `NAME/data.pkl` with storages in `NAME/data/0` and on,
/// TorchScript with `NAME/constants.pkl` and `NAME/constants/0` besides.
record TorchLayout(Set<String> roots) {
    static final String FORMAT = "pytorch-zip";

    private static final Set<String> PICKLES = Set.of("data.pkl", "constants.pkl", "bytecode.pkl");
    private static final Set<String> STORAGES =
            Set.of("data", "constants", "tensors", "traced_inputs", "extra");
    private static final String ENDING = ".storage";
    private static final String NO_ROOT = "null";

    static TorchLayout of(ZipArchive archive) {
        Set<String> roots = new HashSet<>();
        for (ZipMember member : archive.members()) {
            String name = member.name();
            int above = name.lastIndexOf('/');
            if (PICKLES.contains(name.substring(above + 1))) {
                roots.add(above < 0 ? NO_ROOT : name.substring(0, above));
            }
        }
        return new TorchLayout(roots);
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
