package dev.bartizan.threats.exchange;

import dev.bartizan.core.NamedFile;
import dev.bartizan.core.UserError;
import dev.bartizan.threats.yaml.Problems;
import dev.bartizan.threats.yaml.YamlReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.xml.sax.ErrorHandler;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.json.JsonMapper;

/// Reads files of other tools with limits: no entities, no document types, no tags, bounded size
/// and depth.
final class ForeignFile {
    /// Larger files are refused before they are read.
    static final int MAX_BYTES = 16 << 20;

    private static final int MAX_JSON_DEPTH = 200;
    private static final String MEND = "Export the file again from the tool that wrote it.";
    private static final JsonMapper JSON =
            JsonMapper.builder(
                            JsonFactory.builder()
                                    .streamReadConstraints(
                                            StreamReadConstraints.builder()
                                                    .maxNestingDepth(MAX_JSON_DEPTH)
                                                    .build())
                                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                                    .build())
                    .build();

    private ForeignFile() {}

    static byte[] bytes(Path file) throws IOException {
        return NamedFile.bytes(file, MAX_BYTES, "file", "Split the model.");
    }

    static Plain json(String file, byte[] bytes) {
        try {
            return new Plain(file, "", JSON.readValue(bytes, Object.class));
        } catch (JacksonException e) {
            TokenStreamLocation at = e.getLocation();
            String where = at == null ? file : file + ":" + at.getLineNr() + ":" + at.getColumnNr();
            throw new UserError(
                    "The file is not JSON: " + firstLine(e.getOriginalMessage()), where, MEND, e);
        } catch (StackOverflowError e) {
            throw new UserError("The file is nested too deeply", file, MEND, e);
        }
    }

    static Plain yaml(String file, byte[] bytes) {
        Problems problems = new Problems();
        var document = YamlReader.read(file, bytes, problems);
        if (document.isEmpty() || !problems.isEmpty()) {
            var first = problems.inOrder().get(0);
            throw new UserError(first.message(), first.place().toString(), first.suggestion());
        }
        return new Plain(file, "", document.get().plain());
    }

    /// A part of a YAML model; one that holds only comments is an empty map.
    static Plain yamlPart(String file, byte[] bytes) {
        boolean isEmpty =
                new String(bytes, StandardCharsets.UTF_8)
                        .lines()
                        .allMatch(line -> line.isBlank() || line.stripLeading().startsWith("#"));
        return isEmpty ? new Plain(file, "", Map.of()) : yaml(file, bytes);
    }

    /// The root of an XML document without document type.
    static Element xml(String file, byte[] bytes) {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultNSInstance();
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            factory.setAttribute(XMLConstants.ACCESS_EXTERNAL_DTD, "");
            factory.setAttribute(XMLConstants.ACCESS_EXTERNAL_SCHEMA, "");
            factory.setAttribute("jdk.xml.maxElementDepth", "200");
            factory.setExpandEntityReferences(false);
            DocumentBuilder builder = factory.newDocumentBuilder();
            builder.setErrorHandler(new Strict());
            return Objects.requireNonNull(
                    builder.parse(new ByteArrayInputStream(bytes)).getDocumentElement());
        } catch (SAXParseException e) {
            String where = file + ":" + e.getLineNumber() + ":" + e.getColumnNumber();
            throw new UserError(
                    "The file is not XML: " + firstLine(e.getMessage()), where, MEND, e);
        } catch (SAXException | IOException e) {
            throw new UserError("The file is not XML: " + firstLine(e.getMessage()), file, MEND, e);
        } catch (ParserConfigurationException e) {
            throw new IllegalStateException("Every Java platform has this XML reader", e);
        }
    }

    static boolean looksLikeXml(byte[] bytes) {
        return start(bytes).startsWith("<");
    }

    static boolean looksLikeJson(byte[] bytes) {
        return start(bytes).startsWith("{");
    }

    private static String start(byte[] bytes) {
        String text = new String(bytes, 0, Math.min(bytes.length, 4096), StandardCharsets.UTF_8);
        return text.replace("\uFEFF", "").stripLeading();
    }

    private static String firstLine(@org.jspecify.annotations.Nullable String message) {
        return message == null ? "" : message.lines().findFirst().orElse("");
    }

    /// Throws every error and prints nothing.
    private static final class Strict implements ErrorHandler {
        @Override
        public void warning(SAXParseException e) {}

        @Override
        public void error(SAXParseException e) throws SAXException {
            throw e;
        }

        @Override
        public void fatalError(SAXParseException e) throws SAXException {
            throw e;
        }
    }
}
