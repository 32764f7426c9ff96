package dev.bartizan.artifacts;

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

/// Pickles that let functions of well-known libraries do the work, and honest objects of the same
/// libraries. Malicious is what runs code, a command or a native library; bad at least what
/// fetches, imports by name, opens a file or a connection, or loads another pickle; an object with
/// its values is benign.
final class LibraryTrials {
    private static final byte[] PAYLOAD = Pickles.calling("os", "system");

    private final List<Trial> all = new ArrayList<>();

    static List<Trial> all() {
        LibraryTrials trials = new LibraryTrials();
        trials.runCode();
        trials.runCommands();
        trials.loadNative();
        trials.loadPickles();
        trials.fetchOrImport();
        trials.objects();
        trials.ingredients();
        return trials.all;
    }

    private static String shown(String dotted) {
        return dotted.replace(':', '.');
    }

    private void malicious(String dotted, Part... arguments) {
        all.add(
                Trial.malicious(
                        "library/" + shown(dotted), "m.pkl", pickle(call(dotted, arguments))));
    }

    private void bad(String dotted, Part... arguments) {
        all.add(Trial.bad("library/" + shown(dotted), "m.pkl", pickle(call(dotted, arguments))));
    }

    private void benign(String name, Part part) {
        all.add(Trial.benign("library/" + name, "m.pkl", pickle(part)));
    }

    /// Source text that they run.
    private void runCode() {
        Part source = text("__import__('os').system('echo marker')");
        for (String dotted :
                List.of(
                        "numpy.testing._private.utils:runstring",
                        "numpy.f2py.crackfortran:myeval",
                        "pandas:eval",
                        "pandas.core.computation.eval:eval",
                        "torch.fx.graph_module:_exec_with_source",
                        "torch._dynamo.guards:GuardBuilder.get",
                        "torch.jit.unsupported_tensor_ops:execWrapper",
                        "patsy.highlevel:dmatrix",
                        "PIL.ImageMath:eval",
                        "dill._dill:_eval_repr",
                        "six:exec_",
                        "past.builtins:execfile",
                        "dataclasses:_create_fn",
                        "Cython.Build.Inline:cython_inline",
                        "transformers.agents.python_interpreter:evaluate_python_code",
                        "mako.template:Template",
                        "yaml:unsafe_load",
                        "keras.src.utils.python_utils:func_load",
                        "IPython.core.interactiveshell:InteractiveShell.run_cell",
                        "decorator:FunctionMaker.create")) {
            malicious(dotted, source);
        }
    }

    private void runCommands() {
        Part command = text("echo marker");
        for (String dotted :
                List.of(
                        "numpy.distutils.exec_command:exec_command",
                        "torch.utils.collect_env:run",
                        "spacy.util:run_command",
                        "fastcore.xtras:run",
                        "IPython.utils.process:system",
                        "accelerate.commands.launch:simple_launcher",
                        "transformers.testing_utils:execute_subprocess_async",
                        "huggingface_hub.utils._subprocess:run_subprocess",
                        "mlflow.utils.process:_exec_cmd",
                        "invoke:run",
                        "git.cmd:Git.execute",
                        "setuptools._distutils.spawn:spawn",
                        "setuptools.sandbox:run_setup",
                        "nltk.internals:java",
                        "papermill:execute_notebook",
                        "torch.distributed.elastic.multiprocessing.subprocess_handler:SubprocessHandler",
                        "tensorflow.python.platform.test:subprocess.run",
                        "sklearn.externals.loky.backend.utils:subprocess.check_output",
                        "ray._private.services:start_ray_process",
                        "distributed.deploy.old_ssh:async_ssh",
                        "jupyter_client.launcher:launch_kernel")) {
            all.add(
                    Trial.bad(
                            "library/command-" + shown(dotted),
                            "m.pkl",
                            pickle(call(dotted, command))));
        }
    }

    private void loadNative() {
        for (String dotted :
                List.of(
                        "numpy.ctypeslib:load_library",
                        "torch:ops.load_library",
                        "torch.utils.cpp_extension:load_inline",
                        "tensorflow.python.framework.load_library:load_op_library",
                        "paddle.utils.cpp_extension:load",
                        "mxnet.library:load",
                        "llvmlite.binding:load_library_permanently",
                        "tvm.runtime:load_module",
                        "cffi.api:FFI.dlopen",
                        "xgboost.core:_load_lib",
                        "onnxruntime.capi.onnxruntime_pybind11_state:SessionOptions.register_custom_ops_library",
                        "sqlite3:Connection.load_extension")) {
            bad(dotted, text("/tmp/marker.so"));
        }
    }

    /// Bytes or files that they unpickle.
    private void loadPickles() {
        for (String dotted :
                List.of(
                        "distributed.protocol.pickle:loads",
                        "ray.cloudpickle:loads",
                        "srsly._pickle_api:pickle_loads",
                        "joblib.externals.cloudpickle:loads",
                        "torch.storage:_load_from_bytes",
                        "torch.utils._config_module:ConfigModule.load_config",
                        "dask.base:pickle.loads",
                        "pandas.compat.pickle_compat:loads",
                        "multiprocess.reduction:ForkingPickler.loads")) {
            malicious(dotted, bytes(PAYLOAD));
        }
        for (String dotted :
                List.of(
                        "pandas:read_pickle",
                        "gensim.utils:unpickle",
                        "statsmodels.iolib.smpickle:load_pickle",
                        "fastai.learner:load_learner",
                        "sklearn.externals.joblib:load",
                        "joblib.numpy_pickle:load",
                        "nltk.data:load",
                        "torch.serialization:load",
                        "flair.models:SequenceTagger.load",
                        "paddle:load",
                        "skops.io:load",
                        "networkx:read_gpickle",
                        "compress_pickle:load",
                        "pyspark.serializers:CloudPickleSerializer.loads",
                        "lightning.pytorch.core.module:LightningModule.load_from_checkpoint",
                        "stable_baselines3.common.save_util:load_from_pkl",
                        "surprise.dump:load",
                        "sentence_transformers:SentenceTransformer")) {
            bad(dotted, text("/tmp/marker.pkl"));
        }
    }

    private void fetchOrImport() {
        for (String dotted :
                List.of(
                        "torch.hub:load",
                        "torch.hub:load_state_dict_from_url",
                        "huggingface_hub:snapshot_download",
                        "huggingface_hub:upload_folder",
                        "transformers:AutoModel.from_pretrained",
                        "transformers.utils.hub:cached_file",
                        "sklearn.datasets:fetch_openml",
                        "ultralytics.utils.downloads:safe_download",
                        "ultralytics.utils.checks:check_requirements",
                        "flair.file_utils:cached_path",
                        "gensim.downloader:load",
                        "onnx.hub:load",
                        "pandas:read_html",
                        "fsspec:open",
                        "smart_open:open",
                        "boto3:client",
                        "git:Repo.clone_from",
                        "tensorflow.python.platform.gfile:GFile",
                        "keras.src.utils.file_utils:get_file",
                        "gradio:load",
                        "sqlalchemy:create_engine")) {
            bad(dotted, text("http://example.invalid/marker"));
        }
        for (String dotted :
                List.of(
                        "transformers.dynamic_module_utils:get_class_from_dynamic_module",
                        "diffusers.utils.dynamic_modules_utils:get_class_from_dynamic_module",
                        "sentence_transformers.util:import_from_string",
                        "wandb.util:get_module",
                        "nemo.utils.model_utils:import_class_by_path",
                        "django.utils.module_loading:import_string",
                        "werkzeug.utils:import_string",
                        "traitlets.utils.importstring:import_item",
                        "dask.utils:import_required",
                        "distributed.utils:import_file",
                        "spacy.util:import_file",
                        "pydantic.v1.utils:import_string",
                        "ray._private.utils:load_class",
                        "bentoml._internal.service.loader:import_service",
                        "mmengine.utils:import_modules_from_strings",
                        "detectron2.utils.env:_import_file")) {
            bad(dotted, text("marker.module"));
        }
    }

    private static Part object(String type) {
        return built(made(type), dict(text("name"), text("x"), text("n_features_in_"), number(4)));
    }

    private void objects() {
        for (String type :
                List.of(
                        "torch.nn.modules.container:Sequential",
                        "torch.optim.adamw:AdamW",
                        "torchvision.models.resnet:ResNet",
                        "datasets.arrow_dataset:Dataset",
                        "optuna.study.study:Study",
                        "optuna.trial._frozen:FrozenTrial",
                        "skorch.classifier:NeuralNetClassifier",
                        "omegaconf.dictconfig:DictConfig",
                        "omegaconf.base:ContainerMetadata",
                        "gymnasium.spaces.box:Box",
                        "ase.atoms:Atoms",
                        "dgl.heterograph:DGLGraph",
                        "detectron2.structures.instances:Instances",
                        "fvcore.common.config:CfgNode",
                        "transformers.models.bert.tokenization_bert_fast:BertTokenizerFast",
                        "transformers.generation.configuration_utils:GenerationConfig",
                        "scipy.sparse._csr:csr_matrix",
                        "scipy.interpolate._cubic:CubicSpline",
                        "statsmodels.regression.linear_model:RegressionResultsWrapper",
                        "sklearn.pipeline:Pipeline",
                        "sklearn.compose._column_transformer:ColumnTransformer",
                        "sklearn.calibration:CalibratedClassifierCV",
                        "autogluon.tabular.predictor.predictor:TabularPredictor",
                        "flair.data:Dictionary",
                        "fastai.data.transforms:Categorize",
                        "fastai.learner:Learner",
                        "nemo.collections.asr.parts.utils.rnnt_utils:Hypothesis",
                        "spacy.lang.en:English",
                        "nltk.tokenize.punkt:PunktSentenceTokenizer",
                        "pyro.params.param_store:ParamStoreDict",
                        "stable_baselines3.ppo.policies:MlpPolicy",
                        "haiku._src.data_structures:FlatMap",
                        "flax.core.frozen_dict:FrozenDict",
                        "optax._src.base:EmptyState",
                        "vllm.config:ModelConfig",
                        "bitsandbytes.nn.modules:Linear4bit",
                        "deepspeed.runtime.fp16.loss_scaler:LossScaler",
                        "megatron.core.transformer.transformer_config:TransformerConfig")) {
            benign("object-" + type.substring(type.indexOf(':') + 1), object(type));
        }
        benign(
                "xgboost-booster",
                built(
                        made("xgboost.core:Booster"),
                        dict(
                                text("handle"),
                                call("builtins:bytearray", bytes(new byte[] {'b', 'i', 'n', 'f'})),
                                text("feature_names"),
                                none())));
        benign(
                "lightgbm-booster",
                built(
                        made("lightgbm.basic:Booster"),
                        dict(text("handle"), text("tree\nversion=v4\nnum_class=1\n"))));
        benign(
                "jax-array",
                call(
                        "jax._src.array:_reconstruct_array",
                        name("numpy.core.multiarray:_reconstruct"),
                        tuple(name("numpy:ndarray"), tuple(number(0)), bytes(new byte[] {'b'})),
                        none(),
                        dict()));
        benign(
                "polars-frame",
                built(made("polars.dataframe.frame:DataFrame"), list(text("column"))));
        benign("spacy-document", call("spacy.tokens.doc:unpickle_doc", none(), none(), none()));
        benign("shapely-point", call("shapely.io:from_wkb", bytes(new byte[21])));
        benign("rdkit-molecule", call("rdkit.Chem.rdchem:Mol", bytes(new byte[30])));
        benign(
                "tokenizer-of-rust",
                built(made("tokenizers:Tokenizer"), bytes(ParquetFiles.utf8("{\"model\":{}}"))));
        benign(
                "random-state",
                call(
                        "numpy.random._pickle:__randomstate_ctor",
                        text("MT19937"),
                        name("numpy.random._pickle:__bit_generator_ctor")));
        benign(
                "sparse-tensor",
                call(
                        "torch._utils:_rebuild_sparse_tensor",
                        name("torch:sparse_coo"),
                        tuple(none(), none(), tuple(number(2)))));
        benign("enum-of-vllm", call("vllm.config:CompilationLevel", number(3)));
        benign("lightning-dict", object("pytorch_lightning.utilities.parsing:AttributeDict"));
        benign(
                "picture",
                built(
                        made("PIL.Image:Image"),
                        list(dict(), text("L"), tuple(number(1), number(1)), bytes(new byte[1]))));
    }

    /// Honest objects with one ingredient in an unusual place.
    private void ingredients() {
        Part run = call("posix:system", text("echo marker"));
        ingredient("state-key", built(made("sklearn.pipeline:Pipeline"), dict(run, number(1))));
        ingredient(
                "deep-state",
                built(
                        made("torch.optim.adamw:AdamW"),
                        dict(text("state"), list(tuple(dict(text("step"), list(run)))))));
        ingredient("type-argument", made("scipy.sparse._csr:csr_matrix", run));
        ingredient(
                "bytes-of-a-document",
                call("spacy.tokens.doc:unpickle_doc", none(), bytes(PAYLOAD), none()));
        ingredient("behind-none", tuple(none(), none(), none(), run));
        ingredient(
                "within-bytearray",
                call("builtins:bytearray", call("posix:popen", text("echo marker"))));
        ingredient(
                "set-state-on-module", built(name("sklearn.utils:_joblib"), dict(text("x"), run)));
        ingredient(
                "tensor-hooks",
                call(
                        "torch._utils:_rebuild_tensor_v2",
                        none(),
                        number(0),
                        tuple(number(1)),
                        tuple(number(1)),
                        call("builtins:bool", run),
                        call("collections:OrderedDict")));
        ingredient(
                "default-factory",
                built(
                        call("collections:defaultdict", name("posix:getcwd")),
                        dict(text("__missing__"), name("posix:system"))));
        ingredient(
                "sorted-by-system",
                call(
                        "functools:reduce",
                        name("posix:system"),
                        list(text("echo marker"), text("x"))));
        ingredient(
                "map-in-a-list",
                call(
                        "builtins:list",
                        call("builtins:map", name("posix:system"), list(text("echo marker")))));
        ingredient(
                "starmap-in-a-deque",
                call(
                        "collections:deque",
                        call(
                                "itertools:starmap",
                                name("posix:system"),
                                list(tuple(text("echo marker"))))));
        ingredient(
                "counter-of-filter",
                call(
                        "collections:Counter",
                        call("builtins:filter", name("posix:system"), list(text("x")))));
    }

    private void ingredient(String name, Part part) {
        all.add(Trial.bad("library/ingredient-" + name, "m.pkl", pickle(part)));
    }
}
