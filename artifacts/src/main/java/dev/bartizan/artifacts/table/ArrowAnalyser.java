package dev.bartizan.artifacts.table;

import dev.bartizan.artifacts.spi.FormatAnalyser;
import dev.bartizan.artifacts.spi.Item;
import dev.bartizan.artifacts.spi.Notes;
import dev.bartizan.core.Severity;
import dev.bartizan.formats.ByteSource;
import dev.bartizan.formats.FormatException;
import dev.bartizan.formats.arrow.ArrowFooter;
import dev.bartizan.formats.arrow.ArrowMessage;
import java.io.IOException;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/// Tables of Arrow, as files (Feather 2) and as streams, which is how data sets are kept by those
/// who load them again: what their values say to a model, files among them, types that readers
/// unpickle.
public final class ArrowAnalyser implements FormatAnalyser {
    private static final int EIGHT = 8;

    /// Made for the list of formats.
    public ArrowAnalyser() {}

    @Override
    public String format() {
        return "arrow";
    }

    @Override
    public boolean canHoldCode() {
        return false;
    }

    @Override
    public boolean recognises(Item item) throws IOException {
        return item.bytes().has(0, ArrowFooter.MAGIC)
                || ArrowMessage.startsStream(item.bytes())
                || ArrowFooter.endsFile(item.bytes());
    }

    @Override
    public void analyse(Item item, Notes notes) throws IOException, FormatException {
        try {
            if (ArrowMessage.startsStream(item.bytes())) {
                stream(item, notes);
            } else {
                file(item, notes);
            }
        } catch (FormatException e) {
            RawSearch.look(item, notes);
            throw e;
        }
    }

    private static void stream(Item item, Notes notes) throws IOException, FormatException {
        ByteSource bytes = item.bytes();
        ArrowRows rows = new ArrowRows(notes);
        long end = walk(bytes, 0, bytes.size(), rows).end();
        if (end < bytes.size()) {
            notes.broken(
                    TableRules.ARROW,
                    Severity.LOW,
                    end,
                    (bytes.size() - end) + " bytes stand behind the end of the table");
            notes.member("behind", bytes.slice(end, bytes.size()), end, bytes.size());
        }
    }

    /// What a walk through messages came by.
    ///
    /// @param starts where messages start that are no schema
    /// @param end behind the mark that ends them, or where they end without one
    private record Walked(Set<Long> starts, long end) {}

    private static Walked walk(ByteSource bytes, long from, long to, ArrowRows rows)
            throws IOException, FormatException {
        Set<Long> starts = new HashSet<>();
        long at = from;
        while (at < to) {
            if (to - at < EIGHT) {
                throw FormatException.truncated(at, "The messages break off");
            }
            Optional<ArrowMessage> message = ArrowMessage.read(bytes.slice(0, to), at);
            if (message.isEmpty()) {
                boolean isOld = bytes.has(at, new byte[4]);
                long end = at + (isOld ? 4 : EIGHT);
                rows.covered(at, end);
                return new Walked(starts, end);
            }
            if (message.get().kind() != ArrowMessage.Kind.SCHEMA) {
                starts.add(at);
            }
            rows.look(message.get());
            at = message.get().to();
        }
        rows.unended(at);
        return new Walked(starts, at);
    }

    /// Readers of files go by the footer, readers of streams by the messages: both are looked at.
    private static void file(Item item, Notes notes) throws IOException, FormatException {
        ByteSource bytes = item.bytes();
        ArrowFooter footer = ArrowFooter.read(bytes);
        if (bytes.has(0, ArrowFooter.MAGIC)) {
            notes.cover(0, ArrowFooter.HEAD_BYTES);
        } else {
            notes.broken(
                    TableRules.ARROW,
                    Severity.MEDIUM,
                    0,
                    "The file ends as a table of Arrow and starts as something else");
        }
        TableMetadata metadata = new TableMetadata(notes);
        metadata.types(footer.schema(), footer.from());
        for (var entry : footer.metadata()) {
            metadata.look(entry.key(), entry.value(), footer.from());
        }
        ArrowRows rows = new ArrowRows(notes);
        rows.promise(footer.schema());
        rows.raw(footer.from(), bytes.size());
        notes.cover(footer.from(), bytes.size());
        Walked walked = walk(bytes, ArrowFooter.HEAD_BYTES, footer.from(), rows);
        rows.sameColumns(footer.schema(), footer.from());
        Set<Long> named = new HashSet<>(footer.blocks());
        for (long block : named) {
            if (!walked.starts().contains(block)) {
                notes.broken(
                        TableRules.ARROW,
                        Severity.MEDIUM,
                        footer.from(),
                        "The footer names a batch at " + block + ", where no message starts");
                if (block >= ArrowFooter.HEAD_BYTES && block < footer.from()) {
                    Optional<ArrowMessage> hidden =
                            ArrowMessage.read(bytes.slice(0, footer.from()), block);
                    if (hidden.isPresent()) {
                        rows.hidden(hidden.get());
                    }
                }
            }
        }
        if (!named.containsAll(walked.starts())) {
            notes.broken(
                    TableRules.ARROW,
                    Severity.MEDIUM,
                    footer.from(),
                    "The file has batches that its footer does not name");
        }
    }
}
