package dev.bartizan.artifacts.rdata;

import dev.bartizan.artifacts.plain.BinaryStrings;
import dev.bartizan.artifacts.spi.FormatAnalyser;
import dev.bartizan.artifacts.spi.Item;
import dev.bartizan.artifacts.spi.Notes;
import dev.bartizan.artifacts.spi.Rule;
import dev.bartizan.core.Severity;
import dev.bartizan.formats.ByteReader;
import dev.bartizan.formats.ByteSource;
import dev.bartizan.formats.FormatException;
import java.io.IOException;

/// Objects that R saved (`saveRDS`, `save`): promises, which run when a value is touched, and
/// functions that run commands. Usually packed by gzip, which is opened before.
public final class RdsAnalyser implements FormatAnalyser {
    private static final Rule BROKEN =
            Rule.structure("r-structure", "Have the object saved again.", "CWE-20");

    /// Made for the list of formats.
    public RdsAnalyser() {}

    @Override
    public String format() {
        return "r-data";
    }

    @Override
    public boolean canHoldCode() {
        return true;
    }

    @Override
    public boolean recognises(Item item) throws IOException {
        return start(item.bytes()) >= 0;
    }

    /// Where the format's letter stands: at 0, or behind the line that `save` writes.
    private static long start(ByteSource bytes) throws IOException {
        boolean isWorkspace =
                bytes.has(0, "RDX2\n")
                        || bytes.has(0, "RDX3\n")
                        || bytes.has(0, "RDA2\n")
                        || bytes.has(0, "RDA3\n")
                        || bytes.has(0, "RDB3\n")
                        || bytes.has(0, "RDB2\n");
        long at = isWorkspace ? 5 : 0;
        if (bytes.has(at, "X\n\0\0\0") || (isWorkspace && isForm(bytes, at))) {
            return at;
        }
        return bytes.has(at, "A\n2\n") || bytes.has(at, "A\n3\n") ? at : -1;
    }

    private static boolean isForm(ByteSource bytes, long at) throws IOException {
        return bytes.has(at, "X\n") || bytes.has(at, "A\n") || bytes.has(at, "B\n");
    }

    private static RdsInput.Form form(ByteSource bytes, long at) throws IOException {
        if (bytes.has(at, "A")) {
            return RdsInput.Form.TEXT;
        }
        return bytes.has(at, "B") ? RdsInput.Form.NATIVE : RdsInput.Form.XDR;
    }

    @Override
    public void analyse(Item item, Notes notes) throws IOException, FormatException {
        long at = start(item.bytes());
        ByteReader in = new ByteReader(item.bytes(), at + 2);
        RdsInput input = new RdsInput(in, form(item.bytes(), at));
        int version = input.i32();
        if (version == 2 || version == 3) {
            input.skip(2, 4);
        }
        if (version == 3) {
            input.text();
        } else if (version != 2) {
            BinaryStrings.look(item, notes);
            notes.notCovered("R data of a version that cannot be read");
            return;
        }
        RdsCode code = new RdsCode(notes);
        try {
            new RdsWalk(input, code::met).item(RdsWalk.Place.DATA, 0);
        } catch (FormatException e) {
            BinaryStrings.look(item, notes);
            throw e;
        } finally {
            code.end();
        }
        if (item.bytes().has(in.position(), "\n") && input.form() == RdsInput.Form.TEXT) {
            in.skip(1);
        }
        notes.cover(0, in.position());
        if (in.remaining() > 0) {
            notes.broken(
                    BROKEN,
                    Severity.LOW,
                    in.position(),
                    in.remaining() + " bytes stand behind the object");
            notes.member(
                    "behind-the-object",
                    item.bytes().slice(in.position(), in.remaining()),
                    in.position(),
                    item.bytes().size());
        }
    }
}
