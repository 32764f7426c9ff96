package dev.bartizan.reports.page;

import dev.bartizan.core.Evidence;
import dev.bartizan.core.Outcome;
import dev.bartizan.core.exhibit.ChangedFields;
import dev.bartizan.reports.KeptFiles;
import dev.bartizan.reports.ReportInput;
import dev.bartizan.reports.markup.Markup;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What attacks did, as pictures: rows before and after, side by side with the scores.
final class PictureSection {
    private static final String ID = "pictures";
    private static final String TITLE = "What it looks like";
    private static final int MOST = 12;

    private final Markup markup;
    private final Parts parts;
    private final List<Picture> pictures;

    /// A picture and the evidence that keeps it.
    private record Picture(Evidence evidence, ChangedFields fields) {}

    PictureSection(Markup markup, Parts parts, ReportInput input) {
        this.markup = markup;
        this.parts = parts;
        this.pictures = pictures(input);
    }

    /// Pictures of what is confirmed, each once.
    private static List<Picture> pictures(ReportInput input) {
        List<Picture> pictures = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (Evidence evidence : input.assessment().evidence()) {
            if (evidence.outcome() instanceof Outcome.Confirmed) {
                for (Evidence.Attachment attachment : evidence.raw()) {
                    if (pictures.size() < MOST && seen.add(attachment.path())) {
                        read(input.kept(), attachment)
                                .ifPresent(fields -> pictures.add(new Picture(evidence, fields)));
                    }
                }
            }
        }
        return pictures;
    }

    private static Optional<ChangedFields> read(KeptFiles kept, Evidence.Attachment attachment) {
        return attachment.path().endsWith(ChangedFields.EXTENSION)
                ? kept.bytes(attachment).flatMap(ChangedFields::of)
                : Optional.empty();
    }

    /// Whether there is anything to show.
    boolean isEmpty() {
        return pictures.isEmpty();
    }

    /// The entry of the list of contents.
    static String id() {
        return ID;
    }

    /// Its title.
    static String title() {
        return TITLE;
    }

    void write() {
        if (isEmpty()) {
            return;
        }
        parts.section(ID, TITLE, () -> pictures.forEach(this::picture));
    }

    private void picture(Picture picture) {
        markup.element(
                        "figure",
                        () -> {
                            markup.element(
                                            "figcaption",
                                            () -> {
                                                markup.text("strong", picture.evidence().element());
                                                markup.text(": " + picture.evidence().summary());
                                            })
                                    .line();
                            new ChangedRows(markup, parts).write(picture.fields());
                        },
                        "class",
                        "changed")
                .line();
    }
}
