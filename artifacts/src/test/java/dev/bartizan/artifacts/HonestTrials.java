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

/// Honest pickles that look like tricks, those of models among them.
final class HonestTrials {
    private final List<Trial> all = new ArrayList<>();

    static List<Trial> all() {
        HonestTrials trials = new HonestTrials();
        trials.honest();
        trials.honestModels();
        return trials.all;
    }

    private void benign(String name, Part part) {
        all.add(Trial.benign("pickle/" + name, "m.pkl", pickle(part)));
    }

    private void honest() {
        benign("uuid", made("uuid:UUID"));
        benign("datetime", call("datetime:datetime", bytes(new byte[10])));
        benign("timedelta", call("datetime:timedelta", number(1), number(2), number(3)));
        benign("timezone", call("datetime:timezone", call("datetime:timedelta", number(0))));
        benign("decimal", call("decimal:Decimal", text("1.5")));
        benign("fraction", call("fractions:Fraction", text("1/3")));
        benign("path", call("pathlib:PosixPath", text("/"), text("data"), text("x")));
        benign("pure-path", call("pathlib:PurePosixPath", text("a")));
        benign("ordered", call("collections:OrderedDict", list(list(text("a"), number(1)))));
        benign("counter", call("collections:Counter", dict(text("a"), number(1))));
        benign("deque", call("collections:deque", list(), number(3)));
        benign("defaultdict", call("collections:defaultdict", name("builtins:list")));
        benign("defaultdict-of-float", call("collections:defaultdict", name("builtins:float")));
        benign("itemgetter", call("operator:itemgetter", number(1)));
        benign(
                "partial-sum",
                built(
                        call("functools:partial", name("builtins:sum")),
                        tuple(name("builtins:sum"), tuple(), dict(), none())));
        benign("set", call("builtins:set", list(number(1))));
        benign("frozenset", call("builtins:frozenset", list(number(1))));
        benign("complex", call("builtins:complex", number(1), number(2)));
        benign("slice", call("builtins:slice", none(), number(1), none()));
        benign("range", call("builtins:range", number(0), number(9), number(1)));
        benign("bytearray", call("builtins:bytearray", bytes(new byte[3])));
        benign("bound-append", call("builtins:getattr", name("builtins:list"), text("append")));
        benign("namespace", built(made("argparse:Namespace"), dict(text("lr"), number(1))));
        benign(
                "simple-namespace",
                built(made("types:SimpleNamespace"), dict(text("lr"), number(1))));
        benign("enum-http", call("http:HTTPStatus", number(200)));
        benign("ipaddress", call("ipaddress:IPv4Address", number(1)));
        benign("zoneinfo", call("zoneinfo:ZoneInfo._unpickle", text("Europe/Berlin"), number(1)));
        benign("regex", call("re:_compile", text("a+"), number(32)));
        benign(
                "strings-about-code",
                list(
                        text("eval(x)"),
                        text("os.system is dangerous"),
                        text("import os; never do this"),
                        text("__import__")));
        benign(
                "random-state",
                built(made("random:Random"), tuple(number(3), tuple(number(1)), none())));
    }

    private void honestModels() {
        Part dtype =
                built(
                        call("numpy:dtype", text("f8"), number(0), number(1)),
                        tuple(
                                number(3),
                                text("<"),
                                none(),
                                none(),
                                none(),
                                number(-1),
                                number(-1),
                                number(0)));
        Part empty =
                call(
                        "numpy.core.multiarray:_reconstruct",
                        name("numpy:ndarray"),
                        tuple(number(0)),
                        bytes(utf8("b")));
        Part array =
                built(empty, tuple(number(1), tuple(number(1)), dtype, none(), bytes(new byte[8])));
        benign("numpy-array", array);
        benign(
                "numpy-strings",
                built(
                        call(
                                "numpy._core.multiarray:_reconstruct",
                                name("numpy:ndarray"),
                                tuple(number(0)),
                                bytes(utf8("b"))),
                        tuple(
                                number(1),
                                tuple(number(2)),
                                call("numpy:dtype", text("O8"), number(0), number(1)),
                                none(),
                                list(text("a"), text("b")))));
        benign("numpy-scalar", call("numpy.core.multiarray:scalar", dtype, bytes(new byte[8])));
        benign("numpy-generator", call("numpy.random._pickle:__randomstate_ctor", text("MT19937")));
        benign(
                "sklearn-pipeline",
                built(
                        made("sklearn.pipeline:Pipeline"),
                        dict(
                                text("steps"),
                                list(
                                        tuple(
                                                text("s"),
                                                built(
                                                        made(
                                                                "sklearn.preprocessing._data:StandardScaler"),
                                                        dict(text("mean_"), array))),
                                        tuple(
                                                text("m"),
                                                built(
                                                        made(
                                                                "sklearn.linear_model._logistic:LogisticRegression"),
                                                        dict(
                                                                text("coef_"),
                                                                array,
                                                                text("_sklearn_version"),
                                                                text("1.5.0"))))))));
        benign(
                "sklearn-tree",
                built(
                        made("sklearn.tree._tree:Tree", number(2), array, number(1)),
                        dict(text("max_depth"), number(3), text("values"), array)));
        benign(
                "xgboost-wrapper",
                built(
                        made("xgboost.sklearn:XGBClassifier"),
                        dict(
                                text("n_estimators"),
                                number(10),
                                text("_Booster"),
                                built(
                                        made("xgboost.core:Booster"),
                                        dict(
                                                text("handle"),
                                                call(
                                                        "builtins:bytearray",
                                                        bytes(utf8("{L\0\0binf"))))))));
        benign(
                "lightgbm-wrapper",
                built(
                        made("lightgbm.sklearn:LGBMClassifier"),
                        dict(
                                text("_Booster"),
                                built(
                                        made("lightgbm.basic:Booster"),
                                        dict(text("handle"), text("tree\nversion=v4\n"))))));
        benign(
                "catboost-wrapper",
                built(made("catboost.core:CatBoostClassifier"), dict(text("_object"), none())));
        benign(
                "pandas-frame",
                built(
                        made("pandas.core.frame:DataFrame"),
                        dict(
                                text("_mgr"),
                                call(
                                        "pandas.core.internals.managers:BlockManager",
                                        tuple(
                                                call(
                                                        "pandas._libs.internals:_unpickle_block",
                                                        array,
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
                                                                array,
                                                                text("name"),
                                                                none())))))));
        benign(
                "scipy-sparse",
                built(
                        made("scipy.sparse._csr:csr_matrix"),
                        dict(text("data"), array, text("_shape"), tuple(number(1), number(1)))));
        benign(
                "training-args",
                built(
                        made("transformers.training_args:TrainingArguments"),
                        dict(
                                text("output_dir"),
                                text("out"),
                                text("lr_scheduler_type"),
                                call("transformers.trainer_utils:SchedulerType", text("linear")),
                                text("device"),
                                call("torch:device", text("cpu")))));
        benign("torch-size", call("torch:Size", tuple(number(2), number(3))));
        benign(
                "lightning",
                dict(
                        text("epoch"),
                        number(3),
                        text("hyper_parameters"),
                        built(
                                call("pytorch_lightning.utilities.parsing:AttributeDict"),
                                dict(text("lr"), number(1))),
                        text("callbacks"),
                        dict()));
        benign(
                "optimizer",
                dict(
                        text("state"),
                        dict(),
                        text("param_groups"),
                        list(
                                dict(
                                        text("lr"),
                                        number(1),
                                        text("betas"),
                                        tuple(number(0), number(1)),
                                        text("foreach"),
                                        none()))));
        benign(
                "scheduler",
                dict(
                        text("_step_count"),
                        number(3),
                        text("base_lrs"),
                        list(number(1)),
                        text("lr_lambdas"),
                        list(none())));
        benign(
                "omegaconf",
                built(made("omegaconf.dictconfig:DictConfig"), dict(text("_content"), dict())));
        benign(
                "spacy-lookups",
                dict(
                        text("lookups"),
                        call("collections:OrderedDict"),
                        text("vocab"),
                        list(text("the"))));
        benign(
                "gensim",
                built(
                        made("gensim.models.keyedvectors:KeyedVectors"),
                        dict(text("vectors"), array)));
        benign(
                "nltk",
                built(
                        made("nltk.tokenize.punkt:PunktSentenceTokenizer"),
                        dict(text("_params"), none())));
        benign(
                "statsmodels",
                built(
                        made("statsmodels.regression.linear_model:OLSResults"),
                        dict(text("params"), array)));
        benign("networkx", built(made("networkx.classes.graph:Graph"), dict(text("_adj"), dict())));
    }
}
