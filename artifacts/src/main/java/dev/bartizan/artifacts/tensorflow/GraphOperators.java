package dev.bartizan.artifacts.tensorflow;

import dev.bartizan.core.Severity;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// Operators of TensorFlow that touch files, the network, Python or other machines when a graph
/// runs.
public final class GraphOperators {
    private static final Map<String, Severity> OPERATORS =
            Map.ofEntries(
                    Map.entry("PyFunc", Severity.CRITICAL),
                    Map.entry("PyFuncStateless", Severity.CRITICAL),
                    Map.entry("EagerPyFunc", Severity.CRITICAL),
                    Map.entry("ReadFile", Severity.HIGH),
                    Map.entry("WriteFile", Severity.HIGH),
                    Map.entry("MatchingFiles", Severity.HIGH),
                    Map.entry("PrintV2", Severity.LOW),
                    Map.entry("Save", Severity.LOW),
                    Map.entry("SaveSlices", Severity.LOW),
                    Map.entry("DebugIdentity", Severity.MEDIUM),
                    Map.entry("DebugIdentityV2", Severity.MEDIUM),
                    Map.entry("DebugIdentityV3", Severity.MEDIUM),
                    Map.entry("FixedLengthRecordDataset", Severity.MEDIUM),
                    Map.entry("TextLineDataset", Severity.MEDIUM),
                    Map.entry("WholeFileReader", Severity.HIGH),
                    Map.entry("WholeFileReaderV2", Severity.HIGH),
                    Map.entry("TFRecordReader", Severity.MEDIUM),
                    Map.entry("TFRecordReaderV2", Severity.MEDIUM),
                    Map.entry("TextLineReader", Severity.HIGH),
                    Map.entry("TextLineReaderV2", Severity.HIGH),
                    Map.entry("FixedLengthRecordReaderV2", Severity.MEDIUM),
                    Map.entry("SummaryWriter", Severity.MEDIUM),
                    Map.entry("CreateSummaryFileWriter", Severity.HIGH),
                    Map.entry("CreateSummaryDbWriter", Severity.HIGH),
                    Map.entry("DatasetFromGraph", Severity.MEDIUM),
                    Map.entry("SaveDataset", Severity.HIGH),
                    Map.entry("SaveDatasetV2", Severity.HIGH),
                    Map.entry("LoadDataset", Severity.HIGH),
                    Map.entry("SnapshotDataset", Severity.HIGH),
                    Map.entry("SqlDataset", Severity.HIGH),
                    Map.entry("BigQueryReader", Severity.HIGH),
                    Map.entry("RpcCall", Severity.HIGH),
                    Map.entry("Rpc", Severity.HIGH),
                    Map.entry("RemoteFusedGraphExecute", Severity.MEDIUM),
                    Map.entry("FileSystemSetConfiguration", Severity.HIGH),
                    Map.entry("GcsConfigureCredentials", Severity.HIGH),
                    Map.entry("GcsConfigureBlockCache", Severity.MEDIUM),
                    Map.entry("KafkaDataset", Severity.HIGH),
                    Map.entry("TryRpc", Severity.HIGH),
                    Map.entry("RegisterDataset", Severity.HIGH),
                    Map.entry("DataServiceDataset", Severity.HIGH),
                    Map.entry("DataServiceDatasetV2", Severity.HIGH),
                    Map.entry("DecodeProtoV2", Severity.MEDIUM),
                    Map.entry("TensorFlowLoadLibrary", Severity.CRITICAL),
                    Map.entry("ImmutableConst", Severity.MEDIUM),
                    Map.entry("LoadLibrary", Severity.CRITICAL),
                    Map.entry("WriteAudioSummary", Severity.LOW),
                    Map.entry("WriteRawProtoSummary", Severity.LOW),
                    Map.entry("WriteGraphSummary", Severity.LOW),
                    Map.entry("ImportEvent", Severity.MEDIUM),
                    Map.entry("FlushSummaryWriter", Severity.LOW),
                    Map.entry("IdentityReader", Severity.LOW),
                    Map.entry("LMDBDataset", Severity.MEDIUM),
                    Map.entry("LMDBReader", Severity.MEDIUM),
                    Map.entry("TFRecordDataset", Severity.MEDIUM),
                    Map.entry("TFRecordDatasetV2", Severity.MEDIUM),
                    Map.entry("FixedLengthRecordDatasetV2", Severity.MEDIUM),
                    Map.entry("FixedLengthRecordReader", Severity.MEDIUM),
                    Map.entry("ExperimentalSqlDataset", Severity.HIGH),
                    Map.entry("ExperimentalCSVDataset", Severity.HIGH),
                    Map.entry("CSVDataset", Severity.HIGH),
                    Map.entry("CSVDatasetV2", Severity.HIGH),
                    Map.entry("SnapshotDatasetV2", Severity.HIGH),
                    Map.entry("SnapshotDatasetReader", Severity.HIGH),
                    Map.entry("DatasetToTFRecord", Severity.HIGH),
                    Map.entry("ExperimentalDatasetToTFRecord", Severity.HIGH),
                    Map.entry("CacheDataset", Severity.MEDIUM),
                    Map.entry("CacheDatasetV2", Severity.MEDIUM),
                    Map.entry("MatchingFilesDataset", Severity.HIGH),
                    Map.entry("ExperimentalMatchingFilesDataset", Severity.HIGH),
                    Map.entry("RegisterDatasetV2", Severity.HIGH),
                    Map.entry("DataServiceDatasetV3", Severity.HIGH),
                    Map.entry("DataServiceDatasetV4", Severity.HIGH),
                    Map.entry("RpcClient", Severity.HIGH),
                    Map.entry("RpcServer", Severity.HIGH),
                    Map.entry("RpcServerStart", Severity.HIGH),
                    Map.entry("DistributedSave", Severity.HIGH),
                    Map.entry("InitializeTableFromTextFile", Severity.LOW),
                    Map.entry("InitializeTableFromTextFileV2", Severity.LOW),
                    Map.entry("XlaCustomCall", Severity.HIGH),
                    Map.entry("XlaCustomCallV2", Severity.HIGH),
                    Map.entry("ReaderReadV2", Severity.LOW),
                    Map.entry("ShellExecute", Severity.CRITICAL),
                    Map.entry("SystemConfig", Severity.CRITICAL),
                    Map.entry("BigQueryDataset", Severity.HIGH),
                    Map.entry("RemoteCall", Severity.MEDIUM),
                    Map.entry("ConfigureDistributedTPU", Severity.LOW),
                    Map.entry("TRTEngineOp", Severity.LOW),
                    Map.entry("Abort", Severity.MEDIUM),
                    Map.entry("MergeV2Checkpoints", Severity.LOW),
                    Map.entry("WriteImageSummary", Severity.LOW),
                    Map.entry("ExecuteOp", Severity.CRITICAL));

    /// Operators that TensorFlow does not have itself, and whose whole names say what they are for.
    private static final Pattern TELLING =
            Pattern.compile(
                    "(?i)((run|exec|execute|call|invoke|spawn)?(shell|python|command|subprocess|program|script|system|process|popen)(op|execute|exec|run|call)?"
                            + "|(load|open|dl)(op|shared|dynamic|custom|native|own|my|plugin)?(library|module|plugin|object|so|dll)"
                            + "|py(thon)?(func(tion)?|call(able|back)?|eval|exec(ute)?|run|invoke|apply)(op)?"
                            + "|(download|upload|fetch|http|tcp|udp|socket)(file|url|get|post|request|connect|send)"
                            + "|(tf)?(record|file)writer)(v[0-9])?");

    private GraphOperators() {}

    /// How bad an operator is; empty when nothing bad is known of it and its name tells nothing.
    public static Optional<Severity> severity(String operator) {
        Severity known = OPERATORS.get(operator);
        if (known == null && TELLING.matcher(operator).matches()) {
            return Optional.of(Severity.MEDIUM);
        }
        return Optional.ofNullable(known);
    }
}
