package dev.bartizan.tensors.gradient;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bartizan.formats.onnx.OnnxNode;
import dev.bartizan.testkit.Repository;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// Which operators gradients pass: as promised, as documented, and each compared with differences
/// in {@link GradientTest}.
class OperatorListTest {
    private static final Set<String> PROMISED =
            Set.of(
                    ("Gemm MatMul Add Sub Mul Div Relu LeakyRelu Sigmoid Tanh Conv MaxPool AveragePool"
                                    + " GlobalAveragePool ReduceMean BatchNormalization Flatten"
                                    + " Reshape Squeeze Unsqueeze Transpose Softmax LogSoftmax"
                                    + " Concat Pad Clip Identity Dropout Gelu Erf HardSwish"
                                    + " HardSigmoid Elu PRelu Softplus Exp Log Sqrt Pow ReduceSum"
                                    + " ReduceMax Where Gather Slice Split Expand Resize"
                                    + " ConvTranspose InstanceNormalization LayerNormalization"
                                    + " Cast")
                            .split(" "));

    @Test
    void everyPromisedOperatorIsComparedWithDifferences() {
        assertThat(compared()).containsAll(PROMISED);
    }

    @Test
    void everyRuleIsComparedWithDifferences() {
        Set<String> rules = new TreeSet<>(OperatorGradients.names());
        rules.removeAll(StraightThrough.OPERATORS);
        assertThat(compared()).containsAll(rules);
    }

    @Test
    void theDocumentListsTheRules() throws IOException {
        String text = Files.readString(Repository.file("docs/attack.md"));
        String list =
                text.substring(
                        text.indexOf("<!-- operators -->"), text.indexOf("<!-- /operators -->"));
        Set<String> listed =
                Pattern.compile("[A-Z][A-Za-z0-9]+")
                        .matcher(list)
                        .results()
                        .map(match -> match.group())
                        .collect(Collectors.toCollection(TreeSet::new));

        assertThat(listed).isEqualTo(new TreeSet<>(OperatorGradients.names()));
    }

    private static Set<String> compared() {
        return GradientCases.all().stream()
                .flatMap(one -> one.model().graph().nodes().stream())
                .map(OnnxNode::opType)
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
