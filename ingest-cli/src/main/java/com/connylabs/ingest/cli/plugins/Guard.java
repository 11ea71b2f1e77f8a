package com.connylabs.ingest.cli.plugins;

import com.connylabs.ingest.api.EndpointException;
import com.connylabs.ingest.api.IngestException;
import com.connylabs.ingest.api.IngestObject;
import com.connylabs.ingest.api.RangeReader;
import com.connylabs.ingest.api.plugin.Plugin;
import java.io.InputStream;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Stands before an object of a plugin: calls it with the plugin's context class loader, and does the same for what it
 * returns. It has every interface of the API that the object has, so that optional ones are not lost.
 */
final class Guard implements InvocationHandler {
    private static final String API = Plugin.class.getPackageName().replaceFirst("\\.plugin$", "");

    /** Looked up for every result of every call, and always the same for a class. */
    private static final ClassValue<Class<?>[]> INTERFACES = new ClassValue<>() {
        @Override
        protected Class<?>[] computeValue(Class<?> type) {
            Set<Class<?>> interfaces = new LinkedHashSet<>();
            collect(type, interfaces);
            return interfaces.toArray(new Class<?>[0]);
        }
    };

    private final Object target;
    private final LoadedPlugin plugin;

    private Guard(Object target, LoadedPlugin plugin) {
        this.target = target;
        this.plugin = plugin;
    }

    /** The object behind a guard, as one of its interfaces. */
    static <T> T of(Class<T> type, T target, LoadedPlugin plugin) {
        return type.cast(guarded(target, plugin));
    }

    private static Object guarded(Object target, LoadedPlugin plugin) {
        Class<?>[] interfaces = INTERFACES.get(target.getClass());
        return interfaces.length == 0
                ? target
                : Proxy.newProxyInstance(Plugin.class.getClassLoader(), interfaces, new Guard(target, plugin));
    }

    private static void collect(@Nullable Class<?> type, Set<Class<?>> interfaces) {
        if (type == null) {
            return;
        }
        for (Class<?> candidate : type.getInterfaces()) {
            if (candidate.getPackageName().startsWith(API)) {
                interfaces.add(candidate);
            }
            collect(candidate, interfaces);
        }
        collect(type.getSuperclass(), interfaces);
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) throws Throwable {
        if (method.getDeclaringClass() == Object.class && arguments != null) {
            return proxy == arguments[0]; // only equals has arguments
        }
        try (ContextLoader ignored = ContextLoader.use(plugin.loader())) {
            return wrap(method.invoke(target, arguments));
        } catch (InvocationTargetException e) {
            throw translate(e.getCause() == null ? e : e.getCause(), method);
        }
    }

    /** A jar that lacks a class fails for every element: the whole endpoint waits until somebody mends it. */
    private Throwable translate(Throwable thrown, Method method) {
        if (!(thrown instanceof LinkageError)) {
            return thrown;
        }
        String message = plugin + " is broken: " + Causes.of(thrown);
        boolean declared = List.of(method.getExceptionTypes()).contains(IngestException.class);
        return declared ? new EndpointException(message, thrown) : new IllegalStateException(message, thrown);
    }

    private @Nullable Object wrap(@Nullable Object result) {
        if (result == null || result instanceof Record) { // the API's values
            return result;
        }
        if (result instanceof Optional<?> optional) {
            return optional.map(this::wrap);
        }
        if (result instanceof IngestObject object) {
            return wrap(object);
        }
        if (result instanceof InputStream stream) {
            return new GuardedStream(stream, plugin.loader());
        }
        return guarded(result, plugin);
    }

    private IngestObject wrap(IngestObject object) {
        InputStream body = new GuardedStream(object.body(), plugin.loader());
        Optional<RangeReader> ranges = object.ranges();
        return ranges.isEmpty()
                ? IngestObject.of(object.attributes(), body)
                : IngestObject.of(object.attributes(), body, of(RangeReader.class, ranges.get(), plugin));
    }
}
