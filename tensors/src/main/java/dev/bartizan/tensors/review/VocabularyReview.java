package dev.bartizan.tensors.review;

import dev.bartizan.core.facts.ModelFact;
import dev.bartizan.core.facts.PrivateText;
import dev.bartizan.formats.onnx.OnnxAttribute;
import dev.bartizan.formats.onnx.OnnxAttributeValue;
import dev.bartizan.formats.onnx.OnnxBytes;
import dev.bartizan.formats.onnx.OnnxModel;
import dev.bartizan.formats.onnx.OnnxNode;
import dev.bartizan.formats.onnx.OnnxTensor;
import dev.bartizan.formats.onnx.OnnxTensorData;
import java.util.List;

/// Tables of embeddings, vocabularies, and private text in these and in the metadata.
final class VocabularyReview {
    private static final int FEWEST_ROWS = 32;
    private static final int MOST_BYTES = 4_000;

    private final GraphView graph;
    private final GraphReview to;

    VocabularyReview(GraphView graph, GraphReview to) {
        this.graph = graph;
        this.to = to;
    }

    void review(OnnxModel model, GraphReview.Everything everything) {
        everything.nodes().forEach(this::node);
        for (OnnxTensor tensor : everything.tensors()) {
            if (tensor.data() instanceof OnnxTensorData.Texts(List<OnnxBytes> texts)) {
                texts(texts, tensor.name().isEmpty() ? "value" : tensor.name());
            }
        }
        model.metadata().forEach((key, value) -> metadata("metadata_props." + key, value));
        metadata("doc_string", model.docString());
        metadata("graph.doc_string", model.graph().docString());
    }

    private void node(OnnxNode node) {
        if (node.opType().equals("Gather") && node.inputs().size() > 1) {
            String table = node.inputs().get(0);
            graph.constant(table)
                    .filter(_ -> graph.dependsOnInput(node.inputs().get(1)))
                    .filter(VocabularyReview::isTable)
                    .ifPresent(tensor ->
                            to.add(
                                    ModelFact.EMBEDDING,
                                    tensor.dims().get(0) + " x " + tensor.dims().get(1),
                                    node));
        }
        for (OnnxAttribute attribute : node.attributes()) {
            if (attribute.value() instanceof OnnxAttributeValue.Texts(List<OnnxBytes> texts)) {
                texts(texts, GraphView.label(node) + "." + attribute.name());
            }
        }
    }

    private static boolean isTable(OnnxTensor tensor) {
        return tensor.dims().size() == 2
                && tensor.dims().get(0) >= FEWEST_ROWS
                && tensor.dims().get(1) > 1
                && switch (tensor.elementType()) {
                    case INT64, INT32, STRING, BOOL -> false;
                    default -> true;
                };
    }

    private void texts(List<OnnxBytes> texts, String where) {
        if (texts.size() >= FEWEST_ROWS) {
            to.addField(ModelFact.VOCABULARY, texts.size() + " entries", where);
        }
        for (int i = 0; i < texts.size(); i++) {
            String field = where + "[" + i + "]";
            if (texts.get(i).size() <= MOST_BYTES) {
                PrivateText.kindOfEntry(texts.get(i).utf8())
                        .ifPresent(kind -> to.addField(ModelFact.PRIVATE_TEXT, kind, field));
            }
        }
    }

    private void metadata(String key, String value) {
        PrivateText.kind(value).ifPresent(kind -> to.addField(ModelFact.PRIVATE_TEXT, kind, key));
    }
}
