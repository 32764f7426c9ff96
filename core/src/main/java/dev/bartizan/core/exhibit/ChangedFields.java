package dev.bartizan.core.exhibit;

import dev.bartizan.core.JsonNumbers;
import dev.bartizan.core.RawMaterial;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Rows of a table before and after somebody changed some of their fields, with what a model
/// answers.
///
/// @param title what is shown
/// @param threshold score above which the model answers as before; empty when no one score decides
/// @param cases the rows
/// @param curve share of rows that fall, by what it costs
public record ChangedFields(
        String title, Optional<Double> threshold, List<Case> cases, List<Point> curve) {
    /// How the name of such material ends.
    public static final String EXTENSION = ".exhibit";

    private static final int MAX_BYTES = 1 << 20;
    private static final int MAX_CASES = 20;
    private static final int MAX_FIELDS = 100;
    private static final int MAX_POINTS = 200;
    private static final String KIND = "changed-fields";

    public ChangedFields {
        cases = List.copyOf(cases);
        curve = List.copyOf(curve);
    }

    /// One row.
    ///
    /// @param name of the row
    /// @param before what is answered for it unchanged
    /// @param after what is answered once it was changed
    /// @param cost of the change, in words
    /// @param fields that change
    public record Case(
            String name, Verdict before, Verdict after, String cost, List<Field> fields) {
        public Case {
            fields = List.copyOf(fields);
        }
    }

    /// What a model answers.
    ///
    /// @param answer in words
    /// @param score 0..1 where it is a chance
    public record Verdict(String answer, double score) {}

    /// A field that changes.
    ///
    /// @param name of the column
    /// @param before its value
    /// @param after its new value
    /// @param note what it means and who can change it
    public record Field(String name, String before, String after, String note) {}

    /// A point of the curve.
    ///
    /// @param cost in the units of the costs
    /// @param share 0..1
    public record Point(double cost, double share) {}

    /// This as raw material.
    public RawMaterial material() {
        var node = JsonMapper.shared().createObjectNode();
        node.put("exhibit", KIND).put("title", title);
        threshold.ifPresent(value -> node.put("threshold", value));
        var list = node.putArray("cases");
        for (Case each : cases) {
            var item = list.addObject();
            item.put("name", each.name()).put("cost", each.cost());
            item.putObject("before")
                    .put("answer", each.before().answer())
                    .put("score", each.before().score());
            item.putObject("after")
                    .put("answer", each.after().answer())
                    .put("score", each.after().score());
            var fields = item.putArray("fields");
            for (Field field : each.fields()) {
                fields.addObject()
                        .put("name", field.name())
                        .put("before", field.before())
                        .put("after", field.after())
                        .put("note", field.note());
            }
        }
        var points = node.putArray("curve");
        curve.forEach(
                point -> points.addObject().put("cost", point.cost()).put("share", point.share()));
        return RawMaterial.text(
                "changed-fields" + EXTENSION, "application/json", node.toPrettyString());
    }

    /// Reads material; empty when it is something else or too large. What is beyond the limits of
    /// lists is left out.
    public static Optional<ChangedFields> of(byte[] bytes) {
        if (bytes.length > MAX_BYTES) {
            return Optional.empty();
        }
        JsonNode node;
        try {
            node = JsonMapper.shared().readTree(new String(bytes, StandardCharsets.UTF_8));
        } catch (JacksonException _) {
            return Optional.empty();
        }
        if (!node.path("exhibit").asString("").equals(KIND)) {
            return Optional.empty();
        }
        JsonNode threshold = node.path("threshold");
        return Optional.of(
                new ChangedFields(
                        node.path("title").asString(""),
                        threshold.isNumber()
                                ? Optional.of(JsonNumbers.nearest(threshold))
                                : Optional.empty(),
                        items(node.path("cases"), MAX_CASES).stream()
                                .map(ChangedFields::readCase)
                                .toList(),
                        items(node.path("curve"), MAX_POINTS).stream()
                                .map(point ->
                                        new Point(
                                                point.path("cost").asDouble(0),
                                                point.path("share").asDouble(0)))
                                .toList()));
    }

    private static List<JsonNode> items(JsonNode list, int most) {
        return StreamSupport.stream(list.spliterator(), false).limit(most).toList();
    }

    private static Case readCase(JsonNode node) {
        return new Case(
                node.path("name").asString(""),
                verdict(node.path("before")),
                verdict(node.path("after")),
                node.path("cost").asString(""),
                items(node.path("fields"), MAX_FIELDS).stream()
                        .map(field ->
                                new Field(
                                        field.path("name").asString(""),
                                        field.path("before").asString(""),
                                        field.path("after").asString(""),
                                        field.path("note").asString("")))
                        .toList());
    }

    private static Verdict verdict(JsonNode node) {
        return new Verdict(node.path("answer").asString(""), node.path("score").asDouble(0));
    }
}
