package vn.sotay.launcher;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.service.log.Logger;
import org.osgi.service.log.LoggerConsumer;
import org.osgi.service.log.LoggerFactory;

/** Brings what the framework's own services log (Declarative Services above all) to the log of everything else. Thread-safe. */
final class FrameworkLog implements LoggerFactory {

    private final BooleanSupplier silent;

    /**
     * A log.
     *
     * @param silent whether to leave aside what is logged
     */
    FrameworkLog(BooleanSupplier silent) {
        this.silent = silent;
    }

    @Override
    public Logger getLogger(String name) {
        return getLogger(name, Logger.class);
    }

    @Override
    public Logger getLogger(Class<?> type) {
        return getLogger(type.getName());
    }

    @Override
    public <L extends Logger> L getLogger(Class<?> type, Class<L> kind) {
        return getLogger(type.getName(), kind);
    }

    @Override
    public <L extends Logger> L getLogger(Bundle bundle, String name, Class<L> kind) {
        return getLogger(name, kind);
    }

    /** The methods of both interfaces have the same names and parameters but for the consumers, so one handler does for all. */
    @Override
    public <L extends Logger> L getLogger(String name, Class<L> kind) {
        org.slf4j.Logger target = org.slf4j.LoggerFactory.getLogger(name);
        return kind.cast(Proxy.newProxyInstance(
                kind.getClassLoader(),
                new Class<?>[] {kind},
                (proxy, method, arguments) -> call(target, (Logger) proxy, method, arguments)));
    }

    private @Nullable Object call(org.slf4j.Logger target, Logger proxy, Method method, Object @Nullable [] arguments)
            throws Throwable {
        boolean says = method.getReturnType() == void.class;
        if (says && silent.getAsBoolean()) {
            return null;
        }
        if (says && arguments != null && arguments[0] instanceof LoggerConsumer<?>) {
            @SuppressWarnings("unchecked")
            LoggerConsumer<Exception> consumer = (LoggerConsumer<Exception>) arguments[0];
            consumer.accept(proxy);
            return null;
        }
        try {
            return (method.getDeclaringClass() == Object.class ? Object.class : org.slf4j.Logger.class)
                    .getMethod(method.getName(), method.getParameterTypes())
                    .invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause() == null ? e : e.getCause();
        }
    }
}
