import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.Label;
import java.lang.classfile.MethodModel;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDesc;
import java.lang.constant.DirectMethodHandleDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.ArrayList;
import java.util.List;

/// Turns pattern switches over types into plain methods: `t instanceof A ? 0 : t instanceof B ? 1 : …`.
///
/// javac leaves such a switch to `SwitchBootstraps.typeSwitch`, which writes a class when the switch is first run. The
/// AOT cache holds no such class, so each start wrote those that it needed again, and all that writes classes ran cold: ten
/// milliseconds for the first, a few for each further one. Switches that also test values (constants, strings, enums)
/// stay as they are.
final class PlainSwitches {
    /// The first class files that may have such switches.
    static final int FIRST_VERSION = ClassFile.JAVA_21_VERSION;

    private static final String OWNER = "Ljava/lang/runtime/SwitchBootstraps;";
    private static final String NAME = "$typeSwitch$";

    private final ClassFile classFile;

    PlainSwitches(ClassFile classFile) {
        this.classFile = classFile;
    }

    /// What tells a place where such a switch is asked: its labels, in order, and how it is called.
    private record Switch(List<ClassDesc> labels, MethodTypeDesc type) {}

    /// The class with its switches turned; the same array when it has none.
    byte[] turn(byte[] bytes) {
        ClassModel model = classFile.parse(bytes);
        List<Switch> switches = switches(model);
        if (switches.isEmpty()) {
            return bytes;
        }
        boolean isInterface = model.flags().has(java.lang.reflect.AccessFlag.INTERFACE);
        ClassDesc self = model.thisClass().asSymbol();
        CodeTransform calls = (builder, element) -> {
            Switch found = element instanceof InvokeDynamicInstruction call ? asked(call) : null;
            if (found == null) {
                builder.with(element);
            } else {
                builder.invokestatic(self, NAME + switches.indexOf(found), found.type, isInterface);
            }
        };
        ClassTransform added = ClassTransform.endHandler(builder -> {
            for (int i = 0; i < switches.size(); i++) {
                Switch one = switches.get(i);
                builder.withMethodBody(
                        NAME + i,
                        one.type,
                        ClassFile.ACC_PRIVATE | ClassFile.ACC_STATIC | ClassFile.ACC_SYNTHETIC,
                        code -> body(code, one.labels));
            }
        });
        byte[] turned = classFile.transformClass(model, ClassTransform.transformingMethodBodies(calls).andThen(added));
        List<VerifyError> wrong = classFile.verify(turned);
        if (!wrong.isEmpty()) {
            throw new IllegalStateException(self.displayName() + " was broken by turning its switches", wrong.getFirst());
        }
        return turned;
    }

    private static List<Switch> switches(ClassModel model) {
        List<Switch> found = new ArrayList<>();
        for (MethodModel method : model.methods()) {
            method.code().ifPresent(code -> code.forEach(element -> {
                Switch one = element instanceof InvokeDynamicInstruction call ? asked(call) : null;
                if (one != null && !found.contains(one)) {
                    found.add(one);
                }
            }));
        }
        return found;
    }

    /// The switch over types that a call site asks; null when it is another.
    private static Switch asked(InvokeDynamicInstruction call) {
        DirectMethodHandleDesc bootstrap = call.bootstrapMethod();
        if (!bootstrap.owner().descriptorString().equals(OWNER) || !bootstrap.methodName().equals("typeSwitch")) {
            return null;
        }
        List<ClassDesc> labels = new ArrayList<>();
        for (ConstantDesc label : call.bootstrapArgs()) {
            if (!(label instanceof ClassDesc type) || type.isPrimitive()) {
                return null;
            }
            labels.add(type);
        }
        MethodTypeDesc type = call.typeSymbol();
        return type.parameterType(0).isPrimitive() ? null : new Switch(List.copyOf(labels), type);
    }

    /// As `SwitchBootstraps.typeSwitch` says: -1 for null, else the first label at or behind the second argument that fits,
    /// else how many labels there are.
    private static void body(CodeBuilder code, List<ClassDesc> labels) {
        Label some = code.newLabel();
        code.aload(0).ifnonnull(some).iconst_m1().ireturn().labelBinding(some);
        for (int i = 0; i < labels.size(); i++) {
            Label next = code.newLabel();
            code.iload(1).loadConstant(i).if_icmpgt(next);
            code.aload(0).instanceOf(labels.get(i)).ifeq(next).loadConstant(i).ireturn().labelBinding(next);
        }
        code.loadConstant(labels.size()).ireturn();
    }
}
