package dev.bartizan.formats.zip;

import dev.bartizan.formats.zip.ZipArchive.Anomaly;
import dev.bartizan.formats.zip.ZipArchive.Weight;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// What the directory says of a member beside what the member says of itself.
record Comparison(CentralEntry central, LocalHeader local) {
    /// Where the two disagree.
    List<Anomaly> anomalies() {
        if (isAlike()) {
            return List.of();
        }
        List<Anomaly> all = new ArrayList<>();
        String name = ZipReader.quote(central.name());
        if (!local.name().equals(central.name())) {
            add(
                    all,
                    Weight.AMBIGUOUS,
                    "The directory says "
                            + name
                            + ", the member itself says "
                            + ZipReader.quote(local.name()));
        }
        for (String unicode : List.of(local.unicodeName(), central.unicodeName())) {
            if (!unicode.isEmpty() && !unicode.equals(central.name())) {
                add(
                        all,
                        Weight.AMBIGUOUS,
                        name + " has a second name: " + ZipReader.quote(unicode));
            }
        }
        if (local.method() != central.method()) {
            add(all, Weight.AMBIGUOUS, name + ": directory and member name different compressions");
        }
        if (local.isEncrypted() != central.isEncrypted()) {
            add(all, Weight.AMBIGUOUS, name + ": directory and member disagree on encryption");
        }
        if (!local.isDeferred() && !hasSameSizes()) {
            add(
                    all,
                    Weight.AMBIGUOUS,
                    name + ": directory and member promise different sizes or checksums");
        }
        if (central.disk() != 0) {
            add(all, Weight.AMBIGUOUS, name + " is promised on another disk");
        }
        addOdd(all, name);
        return all;
    }

    private boolean isAlike() {
        return isNamedAlike()
                && local.method() == central.method()
                && local.flags() == central.flags()
                && hasSameSizes()
                && central.disk() == 0
                && local.time() == central.time()
                && local.version() == central.version();
    }

    private boolean isNamedAlike() {
        return local.name().equals(central.name())
                && local.unicodeName().isEmpty()
                && central.unicodeName().isEmpty();
    }

    /// What the member is called beside its name in the directory.
    List<String> otherNames() {
        if (isNamedAlike()) {
            return List.of();
        }
        return Stream.of(local.name(), local.unicodeName(), central.unicodeName())
                .filter(other -> !other.isEmpty() && !other.equals(central.name()))
                .distinct()
                .toList();
    }

    private void addOdd(List<Anomaly> all, String name) {
        if (local.time() != central.time()) {
            add(all, Weight.ODD, name + ": directory and member give different times");
        }
        if (local.version() != central.version()) {
            add(all, Weight.ODD, name + ": directory and member need different versions");
        }
        boolean isSameFlags =
                (local.flags() | Names.ENCRYPTED_FLAGS)
                        == (central.flags() | Names.ENCRYPTED_FLAGS);
        if (!isSameFlags) {
            add(all, Weight.ODD, name + ": directory and member have different flags");
        }
    }

    private void add(List<Anomaly> all, Weight weight, String message) {
        all.add(new Anomaly(weight, local.offset(), message));
    }

    private boolean hasSameSizes() {
        return local.packedBytes() == central.packedBytes()
                && local.promisedBytes() == central.promisedBytes()
                && local.crc() == central.crc();
    }

    /// Whether a reader that goes by the member alone unpacks something else.
    boolean readsDifferently() {
        return local.method() != central.method()
                || (!local.isDeferred() && local.packedBytes() != central.packedBytes());
    }
}
