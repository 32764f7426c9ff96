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
    private static final Pattern STORAGE =
            Pattern.compile(
                    "(?:(.*)/)?(?:data|constants|tensors|traced_inputs|extra)/[0-9]+(?:\\.storage)?");

    static TorchLayout of(ZipArchive archive) {
        return new TorchLayout(
                archive.members().stream()
                        .map(member -> PICKLE.matcher(member.name()))
                        .filter(Matcher::matches)
                        .map(matcher -> String.valueOf(matcher.group(1)))
                        .collect(Collectors.toSet()));
    }

    Optional<String> format() {
        return roots.isEmpty() ? Optional.empty() : Optional.of(FORMAT);
    }

    Item.Role role(ZipMember member) {
        Matcher matcher = STORAGE.matcher(member.name());
        boolean isStorage = matcher.matches() && roots.contains(String.valueOf(matcher.group(1)));
        return isStorage ? Item.Role.NUMBERS : Item.Role.ANY;
    }
}
