import static java.lang.classfile.ClassFile.ACC_PRIVATE;
import static java.lang.classfile.ClassFile.ACC_STATIC;
import static java.lang.classfile.ClassFile.ACC_SYNTHETIC;

import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassElement;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.Label;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.reflect.AccessFlag;
import java.util.ArrayList;
import java.util.List;

/**
 * The switches over types in one class, written out as the tests they stand for. javac leaves it to
 * {@link java.lang.runtime.SwitchBootstraps#typeSwitch} to make them up when they are first used, a
 * class each: that takes a millisecond, and no cache of loaded classes can hold it.
 */
final class TypeSwitches implements ClassTransform {
  private static final String MAKER = "Ljava/lang/runtime/SwitchBootstraps;";

  private record Switch(String name, MethodTypeDesc type, List<ClassDesc> labels) {}

  private final ClassModel model;
  private final List<Switch> found = new ArrayList<>();

  private TypeSwitches(ClassModel model) {
    this.model = model;
  }

  /** The same class without them. */
  static byte[] writtenOut(ClassFile classes, byte[] bytes) {
    ClassModel model = classes.parse(bytes);
    var switches = new TypeSwitches(model);
    var calls = ClassTransform.transformingMethodBodies(switches::replace);
    byte[] changed = classes.transformClass(model, calls.andThen(switches));
    return switches.found.isEmpty() ? bytes : changed;
  }

  private void replace(CodeBuilder code, CodeElement element) {
    if (element instanceof InvokeDynamicInstruction call && isTypeSwitch(call)) {
      var labels = call.bootstrapArgs().stream().map(ClassDesc.class::cast).toList();
      var it = new Switch("typeSwitch$" + found.size(), call.typeSymbol(), labels);
      found.add(it);
      boolean inInterface = model.flags().has(AccessFlag.INTERFACE);
      code.invokestatic(model.thisClass().asSymbol(), it.name, it.type, inInterface);
    } else {
      code.with(element);
    }
  }

  private static boolean isTypeSwitch(InvokeDynamicInstruction call) {
    return call.bootstrapMethod().owner().descriptorString().equals(MAKER)
        && call.bootstrapMethod().methodName().equals("typeSwitch")
        && call.bootstrapArgs().stream().allMatch(ClassDesc.class::isInstance);
  }

  @Override
  public void accept(ClassBuilder builder, ClassElement element) {
    builder.with(element);
  }

  @Override
  public void atEnd(ClassBuilder builder) {
    int flags = ACC_PRIVATE | ACC_STATIC | ACC_SYNTHETIC;
    for (Switch it : found) {
      builder.withMethodBody(it.name, it.type, flags, code -> write(code, it.labels));
    }
  }

  /**
   * The index of the first label, from that of the second argument on, which the first argument is an
   * instance of; -1 for null, the number of labels when there is none.
   */
  private static void write(CodeBuilder code, List<ClassDesc> labels) {
    Label notNull = code.newLabel();
    code.aload(0).ifnonnull(notNull).loadConstant(-1).ireturn().labelBinding(notNull);
    for (int i = 0; i < labels.size(); i++) {
      Label next = code.newLabel();
      code.iload(1).loadConstant(i).if_icmpgt(next);
      code.aload(0).instanceOf(labels.get(i)).ifeq(next);
      code.loadConstant(i).ireturn().labelBinding(next);
    }
    code.loadConstant(labels.size()).ireturn();
  }
}
