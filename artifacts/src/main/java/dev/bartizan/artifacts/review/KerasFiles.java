package dev.bartizan.artifacts.review;

import dev.bartizan.formats.ByteSource;
import dev.bartizan.formats.FormatException;
import dev.bartizan.formats.hdf5.Hdf5Reader;
import dev.bartizan.formats.hdf5.Hdf5Tree;
import dev.bartizan.formats.json.JsonLimits;
import dev.bartizan.formats.json.JsonReader;
import dev.bartizan.formats.zip.ZipArchive;
import dev.bartizan.formats.zip.ZipContent;
import dev.bartizan.formats.zip.ZipLimits;
import dev.bartizan.formats.zip.ZipMember;
import dev.bartizan.formats.zip.ZipReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// Where Keras keeps configuration and weights: a `.keras` archive or an HDF5 file.
final class KerasFiles {
    private static final int MOST_CONFIGURATION_BYTES = 32 << 20;
    private static final long MOST_WEIGHT_BYTES = 1L << 30;
    private static final int BYTES_OF_A_WEIGHT = 4;

    private KerasFiles() {}

    static long archive(ByteSource bytes, Seen seen) throws IOException, FormatException {
        ZipArchive archive = ZipReader.read(bytes, ZipLimits.USUAL);
        Optional<ZipArchive.Anomaly> broken =
                archive.anomalies().stream()
                        .filter(anomaly -> anomaly.weight() != ZipArchive.Weight.ODD)
                        .findFirst();
        if (broken.isPresent()) {
            throw FormatException.broken(broken.get().offset(), broken.get().message());
        }
        long parameters = 0;
        for (ZipMember member : archive.members()) {
            switch (member.name()) {
                case "config.json" -> configuration(bytes, member, seen);
                case "model.weights.h5" -> parameters = weights(bytes, member);
                default -> {}
            }
        }
        return parameters;
    }

    private static void configuration(ByteSource bytes, ZipMember member, Seen seen)
            throws IOException, FormatException {
        try (ZipContent content = ZipContent.open(bytes, member, MOST_CONFIGURATION_BYTES)) {
            requireWhole(content, member);
            byte[] text = content.bytes().bytes(0, MOST_CONFIGURATION_BYTES);
            new KerasReview(seen).review(JsonReader.read(text, JsonLimits.USUAL).value());
        }
    }

    private static long weights(ByteSource bytes, ZipMember member)
            throws IOException, FormatException {
        try (ZipContent content = ZipContent.open(bytes, member, MOST_WEIGHT_BYTES)) {
            requireWhole(content, member);
            return Hdf5Reader.superblock(content.bytes()) == 0
                    ? count(Hdf5Reader.read(content.bytes()))
                    : 0;
        }
    }

    private static void requireWhole(ZipContent content, ZipMember member) throws FormatException {
        if (!content.isWhole() || content.problem().isPresent()) {
            throw FormatException.broken(
                    member.headerOffset(),
                    "\"" + member.name() + "\": " + content.problem().orElse("it is too large"));
        }
    }

    static long hdf5(ByteSource bytes, Seen seen) throws IOException, FormatException {
        Hdf5Tree tree = Hdf5Reader.read(bytes);
        if (!tree.problems().isEmpty()) {
            Hdf5Tree.Problem first = tree.problems().getFirst();
            throw FormatException.broken(first.offset(), first.message());
        }
        for (Hdf5Tree.Attribute attribute : tree.attributes()) {
            if (attribute.name().equals("model_config") && !attribute.values().isEmpty()) {
                String text =
                        new String(attribute.values().getFirst(), StandardCharsets.UTF_8)
                                .replaceFirst("\0+$", "");
                new KerasReview(seen).review(JsonReader.read(text, JsonLimits.USUAL).value());
            }
        }
        return count(tree);
    }

    /// Weights of four bytes each, without those of the optimiser.
    private static long count(Hdf5Tree tree) throws FormatException {
        if (!tree.problems().isEmpty()) {
            Hdf5Tree.Problem first = tree.problems().getFirst();
            throw FormatException.broken(first.offset(), first.message());
        }
        return tree.datasets().stream()
                .filter(data -> data.kind() == Hdf5Tree.Kind.NUMBER)
                .filter(data -> data.isMapped() && data.filters().isEmpty())
                .filter(data -> !data.path().contains("optimizer"))
                .flatMap(data -> data.data().stream())
                .mapToLong(range -> (range.to() - range.from()) / BYTES_OF_A_WEIGHT)
                .sum();
    }
}
