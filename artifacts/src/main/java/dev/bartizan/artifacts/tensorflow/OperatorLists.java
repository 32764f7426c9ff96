package dev.bartizan.artifacts.tensorflow;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;
import java.util.regex.Pattern;

/// Which operators come with TensorFlow (the registries of 1.15, 2.16 and 2.18, internal ones
/// included), and which with libraries that many have: TensorFlow Text, Addons, Decision Forests,
/// TensorRT, Horovod, and what 1.x had in `contrib`. Any other needs a library of somebody's.
final class OperatorLists {
    /// Namespaces that those libraries register their operators in.
    private static final Pattern NAMESPACE =
            Pattern.compile("(Addons|IO|TFText|Text|TFRA|TFGNN|TF_Recommenders)>\\w+");

    /// Where the code of an operator comes from.
    enum Origin {
        TENSORFLOW,
        COMMON_LIBRARY,
        ELSEWHERE
    }

    private OperatorLists() {}

    /// Read when a graph is first met: the lists are long.
    private static final class Lists {
        static final Set<String> OWN = words("operators.txt");
        static final Set<String> COMMON = words("other-operators.txt");
    }

    static Origin origin(String operator) {
        if (Lists.OWN.contains(operator)) {
            return Origin.TENSORFLOW;
        }
        boolean isCommon = Lists.COMMON.contains(operator) || NAMESPACE.matcher(operator).matches();
        return isCommon ? Origin.COMMON_LIBRARY : Origin.ELSEWHERE;
    }

    private static Set<String> words(String resource) {
        try (InputStream in = OperatorLists.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException(resource + " is missing from the jar");
            }
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return Set.copyOf(Arrays.asList(text.strip().split("\\s+", -1)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
