package dev.bartizan.knowledge;

import dev.bartizan.core.NamedFile;
import dev.bartizan.core.UserError;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Reads reports of the AI Vulnerability Database, layouts 0.1 to 0.3.3: one report, or a list of
/// them.
public final class AvidFile {
    /// Larger files are refused.
    public static final int MAX_BYTES = 8 << 20;

    private static final int MAX_DEPTH = 64;
    private static final int MAX_TEXT = 300;
    private static final Pattern ID = Pattern.compile("AVID-[0-9]{4}-[RV][0-9]{3,6}");
    private static final Pattern VERSION = Pattern.compile("0(\\.[0-9]{1,3}){1,3}");
    private static final Pattern DAY = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}");
    private static final Pattern ATLAS = Pattern.compile("AML\\.T[0-9]{4}(\\.[0-9]{3})?");
    private static final Pattern CWE = Pattern.compile("CWE-[0-9]{1,5}");
    private static final Pattern EFFECT = Pattern.compile("\\b[SEPL][0-9]{2,4}\\b");
    private static final JsonMapper JSON =
            JsonMapper.builder(
                            JsonFactory.builder()
                                    .streamReadConstraints(
                                            StreamReadConstraints.builder()
                                                    .maxNestingDepth(MAX_DEPTH)
                                                    .build())
                                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                                    .build())
                    .build();

    private final String file;

    private AvidFile(String file) {
        this.file = file;
    }

    /// Reads a file.
    ///
    /// @throws UserError when it is no such file, with the place
    /// @throws IOException when it cannot be read
    public static List<AvidReport> read(Path file) throws IOException {
        return parse(
                file.toString(),
                NamedFile.bytes(
                        file,
                        MAX_BYTES,
                        "file of AVID reports",
                        "Import reports in smaller files. Nothing was changed."));
    }

    /// Reads the bytes of a file.
    ///
    /// @throws UserError when they are no such file, with the place
    public static List<AvidReport> parse(String file, byte[] bytes) {
        AvidFile reader = new AvidFile(file);
        JsonNode root = reader.document(bytes);
        if (!root.isArray()) {
            return List.of(reader.report(root, "$"));
        }
        List<AvidReport> reports = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < root.size(); i++) {
            AvidReport report = reader.report(root.get(i), "$[" + i + "]");
            if (!seen.add(report.id())) {
                throw reader.refuse("$[" + i + "].metadata.report_id", "is given twice");
            }
            reports.add(report);
        }
        return reports;
    }

    private JsonNode document(byte[] bytes) {
        try {
            return JSON.readTree(bytes);
        } catch (JacksonException e) {
            int line = e.getLocation() == null ? 0 : e.getLocation().getLineNr();
            int column = e.getLocation() == null ? 0 : e.getLocation().getColumnNr();
            throw new UserError(
                    "The file is not JSON: "
                            + e.getOriginalMessage().lines().findFirst().orElse(""),
                    file + ":" + line + ":" + column,
                    "Fetch the report again. Nothing was changed.",
                    e);
        }
    }

    private AvidReport report(JsonNode node, String at) {
        if (!node.isObject() || !node.path("data_type").asString("").equals("AVID")) {
            throw refuse(at + ".data_type", "is not \"AVID\"");
        }
        String version = text(node, "data_version", at, "");
        if (!VERSION.matcher(version).matches()) {
            throw refuse(at + ".data_version", "is no known version: \"" + version + "\"");
        }
        String id = text(node.path("metadata"), "report_id", at + ".metadata", "");
        if (!ID.matcher(id).matches()) {
            throw refuse(at + ".metadata.report_id", "is no AVID id: \"" + id + "\"");
        }
        String reported = text(node, "reported_date", at, "");
        if (!reported.isEmpty() && !DAY.matcher(reported).matches()) {
            throw refuse(at + ".reported_date", "is no day: \"" + reported + "\"");
        }
        JsonNode impact = node.path("impact");
        JsonNode avid = impact.path("avid");
        String techniques = impact.path("atlas").toString();
        return new AvidReport(
                id,
                version,
                reported,
                text(node.path("problemtype"), "classof", at + ".problemtype", ""),
                artifacts(node, at),
                texts(avid, "risk_domain", at + ".impact.avid"),
                found(EFFECT, avid.path("sep_view").toString()),
                found(EFFECT, avid.path("lifecycle_view").toString()),
                found(ATLAS, techniques),
                found(CWE, impact.path("cwe").toString()));
    }

    private List<String> artifacts(JsonNode node, String at) {
        JsonNode list = node.path("affects").path("artifacts");
        if (!list.isMissingNode() && !list.isNull() && !list.isArray()) {
            throw refuse(at + ".affects.artifacts", "is no list");
        }
        List<String> artifacts = new ArrayList<>();
        for (int i = 0; i < list.size(); i++) {
            String path = at + ".affects.artifacts[" + i + "]";
            artifacts.add(
                    text(list.get(i), "type", path, "Artifact")
                            + ": "
                            + text(list.get(i), "name", path, "not named"));
        }
        return artifacts;
    }

    private List<String> texts(JsonNode node, String key, String at) {
        JsonNode list = node.path(key);
        if (list.isMissingNode() || list.isNull()) {
            return List.of();
        }
        if (!list.isArray()) {
            throw refuse(at + "." + key, "is no list");
        }
        List<String> texts = new ArrayList<>();
        list.forEach(item -> texts.add(oneLine(item.asString(""))));
        return texts;
    }

    private String text(JsonNode node, String key, String at, String fallback) {
        JsonNode value = node.path(key);
        if (value.isMissingNode() || value.isNull()) {
            return fallback;
        }
        if (!value.isString() && !value.isNumber()) {
            throw refuse(at + "." + key, "is no text");
        }
        return oneLine(value.asString());
    }

    /// One line of a bounded length.
    private static String oneLine(String text) {
        String line = text.replaceAll("\\s+", " ").strip();
        return line.length() > MAX_TEXT ? line.substring(0, MAX_TEXT) : line;
    }

    private static List<String> found(Pattern pattern, String text) {
        TreeSet<String> ids = new TreeSet<>();
        Matcher matcher = pattern.matcher(text);
        while (matcher.find()) {
            ids.add(matcher.group());
        }
        return List.copyOf(ids);
    }

    private UserError refuse(String path, String what) {
        return new UserError(
                "This is no AVID report: " + path + " " + what,
                file + " (" + path + ")",
                "Give a report of the AVID database. Nothing was changed.");
    }
}
