package dev.bartizan.artifacts;

import static dev.bartizan.artifacts.ModelFormatsScanTest.utf8;
import static dev.bartizan.artifacts.PickleParts.built;
import static dev.bartizan.artifacts.PickleParts.bytes;
import static dev.bartizan.artifacts.PickleParts.call;
import static dev.bartizan.artifacts.PickleParts.dict;
import static dev.bartizan.artifacts.PickleParts.list;
import static dev.bartizan.artifacts.PickleParts.made;
import static dev.bartizan.artifacts.PickleParts.name;
import static dev.bartizan.artifacts.PickleParts.none;
import static dev.bartizan.artifacts.PickleParts.number;
import static dev.bartizan.artifacts.PickleParts.pickle;
import static dev.bartizan.artifacts.PickleParts.text;
import static dev.bartizan.artifacts.PickleParts.tuple;

import dev.bartizan.artifacts.PickleParts.Part;
import java.util.ArrayList;
import java.util.List;

/// Objects as frameworks write them day by day.
final class OrdinaryTrials {
    private final List<Trial> all = new ArrayList<>();

    static List<Trial> all() {
        OrdinaryTrials trials = new OrdinaryTrials();
        trials.standardLibrary();
        trials.arrays();
        trials.estimators();
        trials.torch();
        trials.tokens();
        return trials.all;
    }

    private void benign(String name, Part part) {
        all.add(Trial.benign("ordinary/" + name, "m.pkl", pickle(part)));
    }

    private static Part dtype(String kind) {
        return built(
                call("numpy:dtype", text(kind), none(), number(1)),
                tuple(
                        number(3),
                        text("<"),
                        none(),
                        none(),
                        none(),
                        number(-1),
                        number(-1),
                        number(0)));
    }

    private static Part array(int count) {
        return built(
                call(
                        "numpy.core.multiarray:_reconstruct",
                        name("numpy:ndarray"),
                        tuple(number(0)),
                        bytes(utf8("b"))),
                tuple(
                        number(1),
                        tuple(number(count)),
                        dtype("f8"),
                        none(),
                        bytes(new byte[8 * count])));
    }

    private void standardLibrary() {
        benign(
                "datetime",
                dict(
                        text("at"),
                        call(
                                "datetime:datetime",
                                bytes(new byte[] {7, (byte) 0xea, 11, 28, 21, 55, 2, 0, 0, 0}))));
        benign(
                "timezone",
                call(
                        "datetime:timezone",
                        call("datetime:timedelta", number(0), number(3600), number(0))));
        benign("zone-info", call("zoneinfo:ZoneInfo._unpickle", text("Europe/Berlin"), number(1)));
        benign(
                "decimal",
                list(
                        call("decimal:Decimal", text("0.1")),
                        call("fractions:Fraction", text("1/3"))));
        benign("deque", call("collections:deque", list(number(1), number(2)), number(100)));
        benign(
                "simple-namespace",
                built(
                        made("types:SimpleNamespace"),
                        dict(text("eval"), number(1), text("exec"), text("x"))));
        benign("regex", call("re:_compile", text("(?i)import\\s+os|eval\\("), number(32)));
        benign("ip-address", call("ipaddress:IPv4Address", number(167772161)));
        benign(
                "typed-array",
                call(
                        "array:_array_reconstructor",
                        name("array:array"),
                        text("d"),
                        number(14),
                        bytes(new byte[16])));
        benign("enum-by-value", call("http:HTTPStatus", number(200)));
        benign("enum-own", call("mypackage.config:Stage", text("train")));
        benign("windows-path", call("pathlib:PureWindowsPath", text("C:\\"), text("models")));
        benign(
                "counter-most",
                call(
                        "collections:Counter",
                        dict(text("eval"), number(3), text("os.system"), number(1))));
        benign(
                "chain-map",
                built(made("collections:ChainMap"), dict(text("maps"), list(dict(), dict()))));
        benign(
                "complex",
                list(
                        call("builtins:complex", number(1), number(2)),
                        call("builtins:bytearray", bytes(utf8("abc")))));
        benign(
                "nested-partial",
                dict(
                        text("lr_lambda"),
                        call("functools:partial", name("builtins:max"), number(0))));
        benign("logger", call("logging:getLogger", text("train")));
        benign(
                "exception",
                call("builtins:ValueError", text("could not exec model: os.system('x') refused")));
        benign(
                "struct-time",
                call(
                        "time:struct_time",
                        tuple(
                                number(2026),
                                number(11),
                                number(28),
                                number(0),
                                number(0),
                                number(0),
                                number(5),
                                number(332),
                                number(0)),
                        dict()));
        benign(
                "frozenset-names",
                call("builtins:frozenset", list(text("subprocess"), text("socket"))));
        benign(
                "reconstructor",
                built(
                        call(
                                "copyreg:_reconstructor",
                                name("mypackage.model:Config"),
                                name("builtins:object"),
                                none()),
                        dict(text("lr"), number(1))));
        benign(
                "slots-state",
                built(made("mypackage.model:Node"), tuple(none(), dict(text("left"), number(1)))));
        benign(
                "itemgetters",
                dict(
                        text("sort"),
                        call("operator:itemgetter", number(0), number(2)),
                        text("by"),
                        call("operator:attrgetter", text("shape"))));
    }

    private void arrays() {
        benign(
                "masked-array",
                built(
                        call(
                                "numpy.ma.core:_mareconstruct",
                                name("numpy.ma.core:MaskedArray"),
                                name("numpy:ndarray"),
                                tuple(number(0)),
                                text("b")),
                        tuple(
                                number(1),
                                tuple(number(2)),
                                dtype("f8"),
                                none(),
                                bytes(new byte[16]),
                                bytes(new byte[2]),
                                none())));
        benign(
                "random-state",
                built(
                        call("numpy.random._pickle:__randomstate_ctor", text("MT19937")),
                        dict(
                                text("bit_generator"),
                                text("MT19937"),
                                text("state"),
                                dict(text("key"), array(3), text("pos"), number(624)))));
        benign(
                "generator",
                built(
                        call(
                                "numpy.random._pickle:__generator_ctor",
                                built(
                                        call(
                                                "numpy.random._pickle:__bit_generator_ctor",
                                                text("PCG64")),
                                        dict(text("state"), dict(text("inc"), number(5)))),
                                name("numpy.random._pickle:__bit_generator_ctor")),
                        none()));
        benign(
                "frombuffer",
                call(
                        "numpy._core.numeric:_frombuffer",
                        bytes(new byte[16]),
                        dtype("f8"),
                        tuple(number(2)),
                        text("C")));
        benign(
                "scalar-and-void",
                list(call("numpy._core.multiarray:scalar", dtype("f8"), bytes(new byte[8]))));
        benign(
                "sparse-csr",
                built(
                        made("scipy.sparse._csr:csr_matrix"),
                        dict(
                                text("_shape"),
                                tuple(number(2), number(2)),
                                text("data"),
                                array(2),
                                text("indices"),
                                array(2),
                                text("maxprint"),
                                number(50))));
        benign(
                "kd-tree",
                built(
                        call(
                                "sklearn.neighbors._kd_tree:newObj",
                                name("sklearn.neighbors._kd_tree:KDTree")),
                        tuple(array(2), array(2))));
        benign(
                "spline",
                built(
                        made("scipy.interpolate._interpolate:interp1d"),
                        dict(text("x"), array(3), text("_kind"), text("cubic"))));
        benign(
                "frame",
                built(
                        made("pandas.core.frame:DataFrame"),
                        dict(
                                text("_mgr"),
                                call(
                                        "pandas.core.internals.managers:BlockManager",
                                        tuple(
                                                call(
                                                        "pandas._libs.internals:_unpickle_block",
                                                        array(2),
                                                        call(
                                                                "builtins:slice",
                                                                number(0),
                                                                number(1),
                                                                number(1)),
                                                        number(2))),
                                        list(
                                                call(
                                                        "pandas.core.indexes.base:_new_Index",
                                                        name("pandas.core.indexes.base:Index"),
                                                        dict(
                                                                text("data"),
                                                                array(1),
                                                                text("name"),
                                                                none())),
                                                call(
                                                        "pandas.core.indexes.base:_new_Index",
                                                        name(
                                                                "pandas.core.indexes.range:RangeIndex"),
                                                        dict(
                                                                text("start"),
                                                                number(0),
                                                                text("stop"),
                                                                number(2))))),
                                text("_typ"),
                                text("dataframe"),
                                text("attrs"),
                                dict())));
        benign(
                "timestamp",
                call(
                        "pandas._libs.tslibs.timestamps:_unpickle_timestamp",
                        number(1),
                        none(),
                        none(),
                        number(10)));
        benign(
                "categorical",
                built(
                        made("pandas.core.arrays.categorical:Categorical"),
                        dict(
                                text("_codes"),
                                array(2),
                                text("_dtype"),
                                built(
                                        made("pandas.core.dtypes.dtypes:CategoricalDtype"),
                                        dict(text("ordered"), none())))));
        benign(
                "interval",
                call("pandas._libs.interval:Interval", number(0), number(1), text("right")));
        benign(
                "graph",
                built(
                        made("networkx.classes.graph:Graph"),
                        dict(
                                text("_adj"),
                                dict(number(1), dict(number(2), dict())),
                                text("graph"),
                                dict())));
        benign(
                "space",
                built(
                        made("gymnasium.spaces.box:Box"),
                        dict(
                                text("low"),
                                array(2),
                                text("high"),
                                array(2),
                                text("dtype"),
                                dtype("f8"))));
    }

    private static Part estimator(String type, Part... state) {
        Part[] both = new Part[state.length + 2];
        System.arraycopy(state, 0, both, 0, state.length);
        both[state.length] = text("_sklearn_version");
        both[state.length + 1] = text("1.5.2");
        return built(made(type), dict(both));
    }

    private void estimators() {
        Part tree =
                built(
                        call("sklearn.tree._tree:Tree", number(4), array(1), number(1)),
                        dict(
                                text("max_depth"),
                                number(3),
                                text("nodes"),
                                array(4),
                                text("values"),
                                array(4)));
        benign(
                "forest",
                estimator(
                        "sklearn.ensemble._forest:RandomForestRegressor",
                        text("estimators_"),
                        list(
                                estimator(
                                        "sklearn.tree._classes:DecisionTreeRegressor",
                                        text("tree_"),
                                        tree))));
        benign(
                "boosting",
                estimator(
                        "sklearn.ensemble._hist_gradient_boosting.gradient_boosting:HistGradientBoostingClassifier",
                        text("_loss"),
                        built(
                                made("sklearn._loss.loss:HalfBinomialLoss"),
                                dict(
                                        text("closs"),
                                        call("sklearn._loss._loss:CyHalfBinomialLoss"),
                                        text("link"),
                                        made("sklearn._loss.link:LogitLink")))));
        benign(
                "tfidf",
                estimator(
                        "sklearn.feature_extraction.text:TfidfVectorizer",
                        text("vocabulary_"),
                        dict(
                                text("os.system"),
                                number(0),
                                text("__import__"),
                                number(1),
                                text("rm -rf"),
                                number(2)),
                        text("preprocessor"),
                        none(),
                        text("dtype"),
                        name("numpy:float64")));
        benign(
                "transformer-log",
                estimator(
                        "sklearn.preprocessing._function_transformer:FunctionTransformer",
                        text("func"),
                        name("numpy:log1p"),
                        text("inverse_func"),
                        name("numpy:expm1")));
        benign(
                "gaussian-process",
                estimator(
                        "sklearn.gaussian_process._gpr:GaussianProcessRegressor",
                        text("kernel"),
                        built(
                                made("sklearn.gaussian_process.kernels:RBF"),
                                dict(text("length_scale"), number(1)))));
        benign(
                "knn-minkowski",
                estimator(
                        "sklearn.neighbors._classification:KNeighborsClassifier",
                        text("_tree"),
                        built(
                                call(
                                        "sklearn.neighbors._kd_tree:newObj",
                                        name("sklearn.neighbors._kd_tree:KDTree64")),
                                tuple(array(1))),
                        text("metric"),
                        text("minkowski")));
        benign(
                "xgboost-wrapper",
                built(
                        made("xgboost.sklearn:XGBClassifier"),
                        dict(
                                text("_Booster"),
                                built(
                                        made("xgboost.core:Booster"),
                                        dict(
                                                text("handle"),
                                                call(
                                                        "builtins:bytearray",
                                                        bytes(
                                                                utf8(
                                                                        "{L\0\0\0\0\0\0\7learner"))))))));
        benign(
                "lightgbm-wrapper",
                built(
                        made("lightgbm.sklearn:LGBMRegressor"),
                        dict(
                                text("_Booster"),
                                built(
                                        made("lightgbm.basic:Booster"),
                                        dict(
                                                text("handle"),
                                                text(
                                                        "tree\nversion=v4\nnum_class=1\nobjective=regression\n"),
                                                text("network"),
                                                none())))));
        benign(
                "catboost-wrapper",
                built(
                        made("catboost.core:CatBoostClassifier"),
                        dict(
                                text("__model"),
                                bytes(utf8("CBM1\0\0\0\0")),
                                text("_random_seed"),
                                number(1))));
        benign(
                "grid-search",
                estimator(
                        "sklearn.model_selection._search:GridSearchCV",
                        text("cv_results_"),
                        dict(text("param_C"), array(2)),
                        text("scorer_"),
                        built(
                                made("sklearn.metrics._scorer:_Scorer"),
                                dict(
                                        text("_score_func"),
                                        name("sklearn.metrics._classification:accuracy_score"),
                                        text("_sign"),
                                        number(1),
                                        text("_kwargs"),
                                        dict()))));
        benign(
                "columns",
                estimator(
                        "sklearn.compose._column_transformer:ColumnTransformer",
                        text("transformers"),
                        list(
                                tuple(
                                        text("num"),
                                        estimator(
                                                "sklearn.impute._base:SimpleImputer",
                                                text("strategy"),
                                                text("mean")),
                                        list(number(0)))),
                        text("remainder"),
                        text("drop"),
                        text("sparse_output_"),
                        none()));
        benign(
                "imblearn",
                built(
                        made("imblearn.pipeline:Pipeline"),
                        dict(
                                text("steps"),
                                list(
                                        tuple(
                                                text("smote"),
                                                built(
                                                        made(
                                                                "imblearn.over_sampling._smote.base:SMOTE"),
                                                        dict(text("k_neighbors"), number(5))))))));
        benign(
                "statsmodels",
                built(
                        made("statsmodels.regression.linear_model:RegressionResultsWrapper"),
                        dict(
                                text("_results"),
                                built(
                                        made("statsmodels.regression.linear_model:OLSResults"),
                                        dict(text("params"), array(2))))));
        benign(
                "prophet",
                built(
                        made("prophet.forecaster:Prophet"),
                        dict(
                                text("growth"),
                                text("linear"),
                                text("history"),
                                none(),
                                text("seasonalities"),
                                call("collections:OrderedDict"))));
        benign(
                "surprise",
                built(
                        made("surprise.prediction_algorithms.matrix_factorization:SVD"),
                        dict(text("n_factors"), number(100), text("pu"), array(3))));
    }

    private void torch() {
        Part device = call("torch:device", text("cuda"), number(0));
        benign(
                "optimizer",
                dict(
                        text("state"),
                        dict(number(0), dict(text("step"), number(10))),
                        text("param_groups"),
                        list(
                                dict(
                                        text("lr"),
                                        number(1),
                                        text("foreach"),
                                        none(),
                                        text("params"),
                                        list(number(0)))),
                        text("device"),
                        device));
        benign(
                "lightning",
                dict(
                        text("epoch"),
                        number(3),
                        text("pytorch-lightning_version"),
                        text("2.2.1"),
                        text("callbacks"),
                        dict(
                                text("ModelCheckpoint{'monitor': 'val_loss'}"),
                                dict(text("dirpath"), text("/home/me/ckpt"))),
                        text("hyper_parameters"),
                        built(
                                made("lightning.fabric.utilities.data:AttributeDict"),
                                dict(text("lr"), number(1)))));
        benign(
                "scheduler",
                built(
                        made("torch.optim.lr_scheduler:LambdaLR"),
                        dict(text("base_lrs"), list(number(1)), text("lr_lambdas"), list(none()))));
        benign(
                "omega",
                built(
                        made("omegaconf.dictconfig:DictConfig"),
                        dict(
                                text("_metadata"),
                                built(
                                        made("omegaconf.base:ContainerMetadata"),
                                        dict(
                                                text("ref_type"),
                                                name("typing:Any"),
                                                text("object_type"),
                                                name("builtins:dict"))),
                                text("_content"),
                                dict())));
        benign(
                "training-arguments",
                built(
                        made("transformers.training_args:TrainingArguments"),
                        dict(
                                text("output_dir"),
                                text("out"),
                                text("eval_strategy"),
                                call("transformers.trainer_utils:IntervalStrategy", text("steps")),
                                text("lr_scheduler_type"),
                                call("transformers.trainer_utils:SchedulerType", text("linear")),
                                text("optim"),
                                call(
                                        "transformers.training_args:OptimizerNames",
                                        text("adamw_torch")))));
        benign(
                "tokenizer-fast",
                built(
                        call("tokenizers:Tokenizer", call("tokenizers.models:BPE")),
                        bytes(utf8("{\"version\":\"1.0\",\"model\":{\"type\":\"BPE\"}}"))));
        benign(
                "transforms",
                built(
                        made("torchvision.transforms.transforms:Compose"),
                        dict(
                                text("transforms"),
                                list(
                                        built(
                                                made("torchvision.transforms.transforms:Normalize"),
                                                dict(
                                                        text("mean"),
                                                        list(number(0)),
                                                        text("std"),
                                                        list(number(1))))))));
        benign(
                "dtype-and-size",
                dict(
                        text("dtype"),
                        name("torch:bfloat16"),
                        text("shape"),
                        call("torch:Size", list(number(2), number(3))),
                        text("layout"),
                        call("torch.serialization:_get_layout", text("torch.strided"))));
        benign(
                "detectron",
                dict(
                        text("model"),
                        dict(text("backbone.conv1.weight"), array(4)),
                        text("__author__"),
                        text("Caffe2"),
                        text("matching_heuristics"),
                        number(1)));
        benign(
                "word-vectors",
                built(
                        made("gensim.models.keyedvectors:KeyedVectors"),
                        dict(
                                text("vectors"),
                                array(4),
                                text("key_to_index"),
                                dict(text("the"), number(0)),
                                text("mapfile_path"),
                                none())));
        benign(
                "punkt",
                built(
                        made("nltk.tokenize.punkt:PunktSentenceTokenizer"),
                        dict(
                                text("_params"),
                                built(
                                        made("nltk.tokenize.punkt:PunktParameters"),
                                        dict(
                                                text("abbrev_types"),
                                                call(
                                                        "builtins:set",
                                                        list(text("etc"), text("sys"))))))));
        benign(
                "stable-baselines",
                dict(
                        text("policy_class"),
                        name("stable_baselines3.common.policies:ActorCriticPolicy"),
                        text("clip_range"),
                        call("stable_baselines3.common.utils:ConstantSchedule", number(1))));
        benign(
                "easy-dict",
                built(
                        made("easydict:EasyDict"),
                        dict(text("os"), text("linux"), text("system"), text("x"))));
    }

    private void tokens() {
        benign("frozen-dict", call("frozendict:frozendict", dict(text("lr"), number(1))));
        benign("immutable-dict", call("immutabledict:immutabledict", dict(text("lr"), number(1))));
        benign(
                "bit-array",
                call(
                        "bitarray:_bitarray_reconstructor",
                        name("bitarray:bitarray"),
                        bytes(new byte[2]),
                        text("little"),
                        number(0),
                        number(0)));
        benign(
                "tensorflow-type",
                call("tensorflow.python.framework.dtypes:as_dtype", text("float32")));
        benign(
                "wandb-settings",
                built(
                        made("wandb.sdk.wandb_config:Config"),
                        dict(text("_items"), dict(text("lr"), number(1)))));
        benign(
                "code-words",
                list(
                        text("os.system"),
                        text("__import__('os')"),
                        text("subprocess.Popen"),
                        text("eval(compile("),
                        text("cos\nsystem\n"),
                        text("<script>alert(1)</script>"),
                        text("rm -rf /"),
                        text("/etc/passwd"),
                        text("http://example.com/a.sh")));
        benign(
                "label-names",
                dict(
                        text("id2label"),
                        dict(
                                number(0),
                                text("exec"),
                                number(1),
                                text("shell_command"),
                                number(2),
                                text("reverse shell"))));
        benign(
                "paths-kept",
                dict(
                        text("train_file"),
                        text("/root/data/train.csv"),
                        text("cache"),
                        text("~/.cache/huggingface"),
                        text("host"),
                        text("gpu-7")));
        benign(
                "text-of-code",
                dict(
                        text("source"),
                        text("def forward(self, x):\n    import os\n    return self.fc(x)\n")));
        benign(
                "bytes-of-png",
                dict(
                        text("logo"),
                        bytes(
                                new byte[] {
                                    (byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10, 0, 0, 0, 13
                                })));
    }
}
