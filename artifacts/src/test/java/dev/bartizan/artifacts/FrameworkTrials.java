package dev.bartizan.artifacts;

import static dev.bartizan.artifacts.PickleParts.appended;
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

/// Honest pickles of frameworks, whose calls, states and names look like tricks.
final class FrameworkTrials {
    private final List<Trial> all = new ArrayList<>();

    static List<Trial> all() {
        FrameworkTrials trials = new FrameworkTrials();
        trials.checkpoints();
        trials.learners();
        trials.values();
        return trials.all;
    }

    private void benign(String name, Part part) {
        all.add(Trial.benign("framework/" + name, "m.pkl", pickle(part)));
    }

    private static Part object(String type) {
        return built(made(type), dict(text("name"), text("x"), text("epoch"), number(1)));
    }

    private void checkpoints() {
        for (String type :
                List.of(
                        "easydict:EasyDict",
                        "addict.addict:Dict",
                        "ml_collections.config_dict.config_dict:ConfigDict",
                        "yacs.config:CfgNode",
                        "ultralytics.nn.tasks:SegmentationModel",
                        "ultralytics.utils:IterableSimpleNamespace",
                        "timm.models.vision_transformer:VisionTransformer",
                        "fairseq.dataclass.configs:FairseqConfig",
                        "mmengine.logging.history_buffer:HistoryBuffer",
                        "detectron2.config.config:CfgNode",
                        "pytorch_lightning.callbacks.model_checkpoint:ModelCheckpoint",
                        "pyannote.audio.core.task:Specifications",
                        "transformers.tokenization_utils_base:BatchEncoding",
                        "sentence_transformers.SentenceTransformer:SentenceTransformer",
                        "diffusers.configuration_utils:FrozenDict",
                        "peft.tuners.lora.config:LoraConfig",
                        "trl.trainer.dpo_config:DPOConfig",
                        "torch_geometric.data.data:Data")) {
            benign("object-" + type.substring(type.indexOf(':') + 1), object(type));
        }
        benign(
                "parameter",
                call(
                        "torch._utils:_rebuild_parameter",
                        none(),
                        number(1),
                        call("collections:OrderedDict")));
        benign("hf-enum", call("transformers.trainer_utils:IntervalStrategy", text("steps")));
        benign("hf-saving", call("transformers.trainer_utils:HubStrategy", text("every_save")));
        benign(
                "accelerate-enum",
                call("accelerate.utils.dataclasses:DistributedType", text("MULTI_GPU")));
    }

    private void learners() {
        for (String type :
                List.of(
                        "lifelines.fitters.coxph_fitter:CoxPHFitter",
                        "category_encoders.target_encoder:TargetEncoder",
                        "hdbscan.hdbscan_:HDBSCAN",
                        "surprise.prediction_algorithms.matrix_factorization:SVD",
                        "implicit.cpu.als:AlternatingLeastSquares",
                        "pmdarima.arima.arima:ARIMA",
                        "prophet.forecaster:Prophet",
                        "shap.explainers._tree:TreeExplainer",
                        "imblearn.over_sampling._smote.base:SMOTE",
                        "mlxtend.classifier.stacking_cv_classification:StackingCVClassifier",
                        "feature_engine.encoding.one_hot:OneHotEncoder",
                        "catboost.core:CatBoostClassifier",
                        "lightgbm.sklearn:LGBMRanker",
                        "xgboost.sklearn:XGBRanker",
                        "sklearn.neighbors._kd_tree:KDTree")) {
            benign("learner-" + type.substring(type.indexOf(':') + 1), object(type));
        }
        benign(
                "function-transformer",
                built(
                        made("sklearn.preprocessing._function_transformer:FunctionTransformer"),
                        dict(
                                text("func"),
                                name("numpy:log1p"),
                                text("inverse_func"),
                                name("numpy:expm1"))));
        benign(
                "tfidf-split",
                built(
                        made("sklearn.feature_extraction.text:TfidfVectorizer"),
                        dict(
                                text("tokenizer"),
                                call("builtins:getattr", name("builtins:str"), text("split")),
                                text("vocabulary_"),
                                dict(text("eval"), number(1), text("exec"), number(2)))));
        benign(
                "newton-loss",
                call(
                        "sklearn._loss._loss:__pyx_unpickle_CyHalfBinomialLoss",
                        name("sklearn._loss._loss:CyHalfBinomialLoss"),
                        number(238750788),
                        none()));
        benign(
                "kd-tree",
                call(
                        "sklearn.neighbors._kd_tree:newObj",
                        name("sklearn.neighbors._kd_tree:KDTree")));
    }

    private void values() {
        benign("logger", call("logging:getLogger", text("train")));
        benign("structured-dtype", call("numpy:dtype", list(tuple(text("a"), text("<i4")))));
        benign(
                "masked",
                call(
                        "numpy.ma.core:_mareconstruct",
                        name("numpy.ma.core:MaskedArray"),
                        name("numpy:ndarray"),
                        tuple(number(0)),
                        text("b")));
        benign(
                "series",
                built(
                        made("pandas.core.series:Series"),
                        dict(text("_typ"), text("series"), text("_metadata"), list(text("name")))));
        benign(
                "period",
                call(
                        "pandas._libs.tslibs.period:_unpickle_period",
                        number(1),
                        name("builtins:str")));
        benign(
                "timestamp",
                call(
                        "pandas._libs.tslibs.timestamps:_unpickle_timestamp",
                        number(1),
                        none(),
                        none(),
                        number(10)));
        benign("partial-of-numpy", call("functools:partial", name("numpy:clip"), text("a_min")));
        benign("lambda-free-default", call("collections:defaultdict", name("builtins:list")));
        benign("date-parser", call("dateutil.tz.tz:tzutc"));
        benign("exception", call("builtins:ValueError", text("os.system is not allowed here")));
        benign("io-buffer", call("_io:BytesIO", bytes(new byte[] {1, 2, 3})));
        benign(
                "list-of-functions",
                list(name("math:sqrt"), name("builtins:len"), name("operator:add")));
        benign(
                "counter-of-words",
                call(
                        "collections:Counter",
                        dict(text("subprocess"), number(2), text("eval("), number(1))));
        benign("struct-sequence", call("time:struct_time", tuple(number(2026), number(1)), dict()));
        benign(
                "char-array",
                call(
                        "numpy.core.multiarray:_reconstruct",
                        name("numpy:chararray"),
                        tuple(number(0)),
                        bytes(new byte[] {'b'})));
        benign(
                "vectorized",
                built(made("numpy:vectorize"), dict(text("pyfunc"), name("math:sqrt"))));
        benign("not-a-time", call("pandas._libs.tslibs.nattype:__nat_unpickle", none()));
        benign("relative-delta", object("dateutil.relativedelta:relativedelta"));
        benign(
                "enum-member",
                list(
                        name("http:HTTPStatus.OK"),
                        name("re:RegexFlag.UNICODE"),
                        name("socket:AF_INET")));
        benign("log-style", object("logging:PercentStyle"));
        benign("machine-name", call("platform:uname_result", text("Linux"), text("host")));
        benign(
                "gensim-model",
                built(
                        made("gensim.models.word2vec:Word2Vec"),
                        dict(text("load"), name("gensim.utils:call_on_class_only"))));
        benign("joblib-memory", object("joblib.memory:Memory"));
        benign("file-status", call("os:stat_result", tuple(number(1), number(2)), dict()));
        benign("syntax-tree", object("ast:Module"));
        benign(
                "expression",
                call(
                        "sympy.functions.elementary.trigonometric:sin",
                        call("sympy.core.symbol:Symbol", text("x"))));
        all.add(
                Trial.bad(
                        "framework/expression-of-text",
                        "m.pkl",
                        pickle(
                                call(
                                        "sympy.functions.elementary.trigonometric:sin",
                                        text("__import__('os').system('id')")))));
        all.add(
                Trial.bad(
                        "framework/printed",
                        "m.pkl",
                        pickle(call("builtins:print", text("marker")))));
        all.add(
                Trial.benign(
                        "framework/user-string-of-python-2",
                        "m.pkl",
                        Pickles.protocol(2).call("UserString", "UserString", "x").stop()));
        benign("ordered-append", appended(call("collections:deque"), text("__reduce__")));
    }
}
