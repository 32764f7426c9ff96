package dev.bartizan.artifacts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bartizan.core.Severity;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Configurations of Keras: what rebuilding them imports, calls and reads.
class KerasScanTest {
    private static FileReport keras(String layer) {
        String config = "{\"class_name\":\"Sequential\",\"config\":{\"layers\":[" + layer + "]}}";
        return Scans.scan(
                "m.keras",
                Scans.zip(Map.of("config.json", config.getBytes(StandardCharsets.UTF_8))));
    }

    private static String named(String module, String name) {
        return "{\"module\":\""
                + module
                + "\",\"class_name\":\"function\",\"config\":\""
                + name
                + "\"}";
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "keras.utils:get_file",
                "keras.src.utils.file_utils:get_file",
                "keras.saving:load_model",
                "keras.src.saving.serialization_lib:enable_unsafe_deserialization",
                "keras.config:enable_unsafe_deserialization",
                "tensorflow:load_op_library",
                "tensorflow.io:read_file",
                "tensorflow.python.ops.script_ops:py_func",
                "tensorflow.io.gfile:copy",
                "numpy:load",
                "numpy:fromfile",
                "torch:load",
                "keras.layers:TFSMLayer",
                "os:system",
                "builtins:eval",
                "subprocess:Popen",
                "importlib:import_module"
            })
    void functionsThatReachOutAreMalicious(String name) {
        String[] parts = name.split(":", -1);
        assertThat(keras(named(parts[0], parts[1])).verdict()).isEqualTo(Verdict.MALICIOUS);
        assertThat(
                        keras(
                                        "{\"class_name\":\"Dense\",\"module\":\"keras.layers\",\"config\":{\"units\":1,\"activation\":"
                                                + named(parts[0], parts[1])
                                                + "}}")
                                .verdict())
                .isEqualTo(Verdict.MALICIOUS);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"module\":\"builtins\",\"class_name\":\"function\",\"config\":\"my_activation\",\"registered_name\":\"function\"}",
                "{\"module\":\"keras.activations\",\"class_name\":\"function\",\"config\":\"relu\"}",
                "{\"module\":\"keras\",\"class_name\":\"DTypePolicy\",\"config\":{\"name\":\"float32\"}}",
                "{\"module\":\"my_package.layers\",\"class_name\":\"Attention\",\"config\":{\"heads\":4},\"registered_name\":\"my>Attention\"}",
                "{\"module\":\"keras.layers\",\"class_name\":\"StringLookup\",\"config\":{\"vocabulary\":[\"a\",\"b\"]}}",
                "{\"class_name\":\"__tuple__\",\"items\":[1,2]}"
            })
    void ordinaryObjectsHaveNoFindingAboveLow(String object) {
        assertThat(keras(object).worst().orElse(Severity.INFO)).isLessThan(Severity.MEDIUM);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"module\":\"keras.layers\",\"class_name\":\"StringLookup\",\"config\":{\"vocabulary\":\"/etc/passwd\"}}",
                "{\"module\":\"keras.layers\",\"class_name\":\"IntegerLookup\",\"config\":{\"vocabulary\":\"../../secret\"}}",
                "{\"module\":\"keras_hub.tokenizers\",\"class_name\":\"T\",\"config\":{\"proto\":\"http://x/y\"}}",
                "{\"class_name\":\"os.system\",\"config\":{}}",
                "{\"class_name\":\"__typespec__\",\"spec_name\":\"system\",\"module\":\"os\",\"spec_config\":[]}",
                "{\"class_name\":\"TimeDistributed\",\"config\":{\"layer\":{\"class_name\":\"Model\",\"config\":{\"layers\":[{\"module\":\"os\",\"class_name\":\"system\"}]}}}}",
                "{\"class_name\":\"TorchModuleWrapper\",\"module\":\"keras.layers\",\"config\":{}}",
                "{\"class_name\":\"Lambda\",\"config\":{\"function\":\"f\",\"output_shape\":[\"X19pbXBvcnRfXygnb3MnKS5zeXN0ZW0oJ2lkJyk=\",null,null],\"output_shape_type\":\"lambda\"}}"
            })
    void objectsThatReadOrRunAreMalicious(String object) {
        assertThat(keras(object).verdict()).isEqualTo(Verdict.MALICIOUS);
    }

    @ParameterizedTest
    @FieldSource("dev.bartizan.artifacts.KerasTrials#HONEST")
    void configurationsOfOldVersionsAreClean(String configuration) {
        assertThat(Scans.scan("m.h5", Hdf5ScanTest.model(configuration)).verdict())
                .isEqualTo(Verdict.CLEAN);
    }

    @Test
    void askingForSafeModeOffIsSuspicious() {
        assertThat(
                        keras(
                                        "{\"module\":\"keras.layers\",\"class_name\":\"Layer\",\"config\":{\"safe_mode\":false}}")
                                .verdict())
                .isEqualTo(Verdict.SUSPICIOUS);
    }
}
