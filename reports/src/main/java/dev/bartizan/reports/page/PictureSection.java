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
                            markup.element(
                                            "div",
                                            () ->
                                                    picture.fields()
                                                            .cases()
                                                            .forEach(each ->
                                                                    row(picture.fields(), each)),
                                            "class",
                                            "cards")
                                    .line();
                            new CostCurve(markup).draw(picture.fields().curve());
                        },
                        "class",
                        "changed")
                .line();
    }

    private void row(ChangedFields fields, ChangedFields.Case row) {
        markup.element(
                        "div",
                        () -> {
                            markup.text(
                                            "h3",
                                            row.name()
                                                    + ": from "
                                                    + row.before().answer()
                                                    + " to "
                                                    + row.after().answer()
                                                    + " for "
                                                    + row.cost())
                                    .line();
                            markup.element("div", () -> scores(fields, row), "class", "scores")
                                    .line();
                            parts.table(
                                    "Every other field stays as it is",
                                    List.of("Field", "Before", "After"),
                                    row.fields().stream().map(this::field).toList());
                        },
                        "class",
                        "card")
                .line();
    }

    private List<Markup.Content> field(ChangedFields.Field field) {
        return List.of(
                () -> {
                    markup.text("strong", field.name());
                    if (!field.note().isEmpty()) {
                        markup.text(" ");
                        markup.text("small", field.note());
                    }
                },
                () -> markup.text("s", field.before()),
                () -> markup.text("mark", field.after()));
    }

    private void scores(ChangedFields fields, ChangedFields.Case row) {
        ScoreBar bar = new ScoreBar(markup, fields.threshold());
        bar.draw("Before", row.before());
        bar.draw("After", row.after());
    }
}
