package dev.bartizan.artifacts.keras;

import dev.bartizan.artifacts.hidden.HiddenFiles;
import dev.bartizan.artifacts.spi.FormatAnalyser;
import dev.bartizan.artifacts.spi.Item;
import dev.bartizan.artifacts.spi.Notes;
import dev.bartizan.artifacts.spi.Rule;
import dev.bartizan.core.Severity;
import dev.bartizan.formats.ByteSource;
import dev.bartizan.formats.FormatException;
import dev.bartizan.formats.hdf5.Hdf5Reader;
import dev.bartizan.formats.hdf5.Hdf5Tree;
import dev.bartizan.formats.hdf5.Hdf5Tree.Dataset;
import dev.bartizan.formats.hdf5.Hdf5Tree.Kind;
import dev.bartizan.formats.hdf5.Hdf5Tree.Range;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// HDF5 files: the object tree with its attributes, in which Keras keeps the configuration of a
/// model, links and data that lead to other files, and what stands between the objects.
public final class Hdf5Analyser implements FormatAnalyser {
    static final Rule BROKEN =
            Rule.structure("hdf5-structure", "Download the file again.", "CWE-20");

    /// Made for the list of formats.
    public Hdf5Analyser() {}

    @Override
    public String format() {
        return "hdf5";
    }

    @Override
    public boolean canHoldCode() {
        return true;
    }

    @Override
    public boolean recognises(Item item) throws IOException {
        return Hdf5Reader.superblock(item.bytes()) >= 0;
    }

    @Override
    public void analyse(Item item, Notes notes) throws IOException, FormatException {
        long start = Math.max(0, Hdf5Reader.superblock(item.bytes()));
        if (start > 0 && isZero(item.bytes(), start)) {
            notes.cover(0, start);
        } else if (start > 0) {
            notes.member("user-block", item.bytes().slice(0, start), 0, start);
        }
        ByteSource bytes = item.bytes().slice(start, item.bytes().size());
        Hdf5Tree tree;
        try {
            tree = Hdf5Reader.read(bytes);
        } catch (FormatException e) {
            new DocumentSearch(bytes, KerasVersion.search(bytes), notes).run(whole(bytes));
            throw e;
        }
        new Look(bytes, tree, start, notes).all();
        notes.cover(start, item.bytes().size());
    }

    private static boolean isZero(ByteSource bytes, long length) throws IOException {
        for (byte b : bytes.bytes(0, (int) length)) {
            if (b != 0) {
                return false;
            }
        }
        return true;
    }

    private static List<Range> whole(ByteSource bytes) {
        return List.of(new Range(0, bytes.size()));
    }

    private record Look(ByteSource bytes, Hdf5Tree tree, long start, Notes notes) {
        void all() throws IOException {
            tree.problems()
                    .forEach(problem ->
                            notes.broken(
                                    BROKEN,
                                    Severity.MEDIUM,
                                    start + problem.offset(),
                                    problem.message()));
            tree.unread().forEach(notes::notCovered);
            KerasConfig.Container container = KerasVersion.container(tree, bytes);
            boolean isKeras =
                    tree.attributes().stream()
                            .anyMatch(attribute -> attribute.name().equals("keras_version"));
            Hdf5Attributes attributes = new Hdf5Attributes(container, isKeras, start, notes);
            for (Hdf5Tree.Attribute attribute : tree.attributes()) {
                attributes.look(attribute);
            }
            attributes
                    .model()
                    .flatMap(model -> KerasWeights.file(model, tree.datasets()))
                    .ifPresent(what -> notes.broken(BROKEN, Severity.LOW, start, what));
            Hdf5Outside outside = new Hdf5Outside(start, notes);
            tree.links().forEach(outside::link);
            tree.datasets().forEach(outside::dataset);
            for (Dataset dataset : tree.datasets()) {
                data(dataset, new Hdf5Packed(bytes, container, start, notes));
            }
            boolean isWhole = tree.problems().isEmpty() && tree.unread().isEmpty();
            List<Range> rest = isWhole ? unexplained() : whole(bytes);
            new DocumentSearch(bytes, container, notes).without(attributes.documents()).run(rest);
            for (Range gap : isWhole ? rest : List.<Range>of()) {
                ByteSource part = bytes.slice(gap.from(), gap.to() - gap.from());
                HiddenFiles.look(part, start + gap.from(), notes);
            }
        }

        private void data(Dataset dataset, Hdf5Packed packed) throws IOException {
            if (packed.canUnpack(dataset)) {
                packed.look(dataset);
                return;
            }
            for (Range range : dataset.data()) {
                ByteSource part = bytes.slice(range.from(), range.to() - range.from());
                packed.numbers(dataset.path(), part, range);
            }
            packed.sayWhatIsNotRead(dataset);
        }

        /// What is neither structure nor plain numbers.
        private List<Range> unexplained() {
            List<Range> known = new ArrayList<>(tree.structure());
            for (Dataset dataset : tree.datasets()) {
                if (dataset.kind() == Kind.NUMBER) {
                    known.addAll(dataset.data());
                }
            }
            known.sort((one, other) -> Long.compare(one.from(), other.from()));
            List<Range> rest = new ArrayList<>();
            long at = 0;
            for (Range range : known) {
                if (range.from() > at) {
                    rest.add(new Range(at, range.from()));
                }
                at = Math.max(at, range.to());
            }
            if (at < bytes.size()) {
                rest.add(new Range(at, bytes.size()));
            }
            return rest;
        }
    }
}
