package dev.bartizan.artifacts.ocdbt;

import dev.bartizan.artifacts.archive.Unpacking;
import dev.bartizan.artifacts.spi.FormatAnalyser;
import dev.bartizan.artifacts.spi.Item;
import dev.bartizan.artifacts.spi.LazyPattern;
import dev.bartizan.artifacts.spi.Notes;
import dev.bartizan.artifacts.spi.Range;
import dev.bartizan.artifacts.spi.Rule;
import dev.bartizan.artifacts.text.TextRules;
import dev.bartizan.core.Severity;
import dev.bartizan.formats.ByteSource;
import dev.bartizan.formats.FormatException;
import dev.bartizan.formats.ocdbt.OcdbtFrame;
import dev.bartizan.formats.ocdbt.OcdbtNode;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;

/// Checkpoints of Orbax and TensorStore as OCDBT keeps them: a manifest, and files of nodes and
/// values. Each file is read by itself. Descriptions of arrays (`.zarray`, `zarr.json`) are looked
/// at as the JSON they are, values of arrays as numbers; what one node says of another file must
/// stay within the folder.
public final class OcdbtAnalyser implements FormatAnalyser {
    private static final int MOST_BROKEN = 50;

    /// Values may lie within one another; all are not looked at much more often than there are
    /// bytes.
    private static final long MOST_LOOKED = 4;

    private static final int BLOCK_BYTES = 1 << 16;

    /// Files of nodes and values, by the name that writers give them.
    private static final LazyPattern DATA_FILE = LazyPattern.of("[0-9a-f]{32}");

    private static final LazyPattern OUTSIDE =
            LazyPattern.of(
                    "(^|.*[\\\\/])\\.\\.([\\\\/].*|$)|[\\\\/].*|[A-Za-z]:.*|[a-z0-9+.-]+://.*");
    private static final Rule BROKEN =
            Rule.structure(
                    "ocdbt-structure",
                    "Have the checkpoint saved again; do not load a broken one.",
                    "CWE-20");

    /// Made for the list of formats.
    public OcdbtAnalyser() {}

    @Override
    public String format() {
        return "ocdbt";
    }

    @Override
    public boolean canHoldCode() {
        return false;
    }

    @Override
    public boolean recognises(Item item) throws IOException {
        boolean isData =
                item.path().endsWith("/d/" + item.name())
                        && DATA_FILE.matcher(item.name()).matches();
        return isData || OcdbtFrame.kind(item.bytes(), 0).isPresent();
    }

    @Override
    public void analyse(Item item, Notes notes) throws IOException, FormatException {
        Look look = new Look(item, notes);
        if (OcdbtFrame.kind(item.bytes(), 0).filter(OcdbtFrame.Kind.MANIFEST::equals).isPresent()) {
            look.frame(0);
            return;
        }
        look.dataFile();
    }

    private static final class Look {
        private final Item item;
        private final Notes notes;
        private final Set<String> outside = new HashSet<>();
        private int broken;
        private long looked;

        Look(Item item, Notes notes) {
            this.item = item;
            this.notes = notes;
        }

        /// Nodes may start anywhere between values. What no node has is values.
        void dataFile() throws IOException {
            ByteSource bytes = item.bytes();
            long next = 0;
            for (long at = 0; at < bytes.size(); at += BLOCK_BYTES) {
                byte[] block = bytes.bytes(at, BLOCK_BYTES + 3);
                for (int i = 0; i + 3 < block.length && i < BLOCK_BYTES; i++) {
                    boolean mayStart = block[i] == 0x0c && block[i + 1] == (byte) 0xdb;
                    if (mayStart && at + i >= next) {
                        next = Math.max(next, node(at + i));
                    }
                }
            }
            for (Range gap : notes.gaps()) {
                ByteSource values = bytes.slice(gap.from(), gap.length());
                boolean isBrokenNode =
                        OcdbtFrame.kind(values, 0).isPresent(); // not again and again
                notes.member(
                        "values at " + gap.from(),
                        values,
                        gap.from(),
                        gap.to(),
                        isBrokenNode ? Item.Role.NUMBERS : Item.Role.VALUE);
            }
        }

        /// Looks at a node that may start here; says where it ends. Four bytes come about by
        /// chance, so that only what checks is one, but for the first.
        private long node(long at) throws IOException {
            if (OcdbtFrame.kind(item.bytes(), at).isEmpty()) {
                return at;
            }
            try {
                OcdbtFrame frame = OcdbtFrame.read(item.bytes(), at);
                if (at == 0 || frame.isSound()) {
                    frame(frame);
                    return frame.to();
                }
            } catch (FormatException e) {
                if (at == 0) {
                    broken(at, e);
                }
            }
            return at;
        }

        void frame(long at) throws IOException, FormatException {
            OcdbtFrame frame = OcdbtFrame.read(item.bytes(), at);
            frame(frame);
            if (frame.to() < item.bytes().size()) {
                notes.broken(
                        BROKEN,
                        Severity.LOW,
                        frame.to(),
                        (item.bytes().size() - frame.to()) + " bytes stand behind the manifest");
            }
        }

        private void frame(OcdbtFrame frame) throws IOException {
            if (!frame.isSound()) {
                notes.broken(
                        BROKEN,
                        Severity.MEDIUM,
                        frame.from(),
                        "The checksum of a node is not the promised one");
            }
            try (ByteSource body = unpacked(frame)) {
                OcdbtNode node = OcdbtNode.parse(frame.kind(), body);
                notes.cover(frame.from(), frame.to());
                node.files().forEach(file -> path(file, frame.from()));
                for (OcdbtNode.Value value : node.values()) {
                    value(node, value, frame);
                }
            } catch (FormatException e) {
                broken(frame.from(), e);
            }
        }

        private void broken(long at, FormatException e) {
            if (e.kind() == FormatException.Kind.UNSUPPORTED) {
                notes.notCovered(e.what());
            } else if (broken++ < MOST_BROKEN) {
                notes.broken(BROKEN, Severity.MEDIUM, at, e.what());
            }
        }

        private ByteSource unpacked(OcdbtFrame frame) throws IOException, FormatException {
            if (!frame.isPacked()) {
                return frame.body();
            }
            ByteSource body =
                    Unpacking.unpack(frame.body(), notes.budget().memberBytes(frame.body().size()))
                            .orElseThrow(
                                    () -> FormatException.broken(0, "A packed node is not packed"));
            notes.budget().unpacked(body.size());
            return body;
        }

        private void path(String file, long at) {
            if (OUTSIDE.matcher(file).matches() && outside.add(file)) {
                notes.finding(
                        TextRules.PATH,
                        Severity.HIGH,
                        at,
                        "Nodes or values lie in a file outside the folder: " + file);
            }
        }

        private void value(OcdbtNode node, OcdbtNode.Value value, OcdbtFrame frame)
                throws IOException {
            switch (value) {
                case OcdbtNode.Value.Here here -> {
                    boolean isText = here.key().endsWith("json") || here.key().endsWith(".zarray");
                    notes.member(
                            here.key(),
                            here.bytes(),
                            frame.from(),
                            frame.from(),
                            isText ? Item.Role.ANY : Item.Role.VALUE);
                }
                case OcdbtNode.Value.Elsewhere elsewhere -> elsewhere(node, elsewhere, frame);
            }
        }

        /// A value in this file is looked at under its key; one in another file is, where that file
        /// is scanned.
        private void elsewhere(OcdbtNode node, OcdbtNode.Value.Elsewhere value, OcdbtFrame frame)
                throws IOException {
            OcdbtNode.Place place = value.place();
            String file = node.files().get(place.file());
            if (!file.endsWith("/" + item.name())) {
                return;
            }
            boolean isPlace = place.offset() >= 0 && place.length() >= 0;
            if (!isPlace || place.offset() > item.bytes().size() - place.length()) {
                broken(
                        frame.from(),
                        FormatException.truncated(
                                frame.from(),
                                "The value of \"" + value.key() + "\" leads out of the file"));
                return;
            }
            looked += place.length();
            if (looked > MOST_LOOKED * item.bytes().size()) {
                broken(
                        frame.from(),
                        FormatException.limit(
                                frame.from(), "Values show the same bytes over and over"));
                return;
            }
            notes.member(
                    value.key(),
                    item.bytes().slice(place.offset(), place.length()),
                    place.offset(),
                    place.offset() + place.length(),
                    Item.Role.VALUE);
        }
    }
}
