package io.changeover.planner.journal;

import io.changeover.planner.core.Action;
import io.changeover.planner.core.Phase;
import io.changeover.planner.core.Side;
import io.changeover.planner.core.Worker;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Constructor;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Makes records of any type with every field filled, or with every nullable field empty, so that a
/// field that a codec forgets is noticed.
final class Instances {
  private final Random random;
  private final boolean full;

  Instances(long seed, boolean full) {
    this.random = new Random(seed);
    this.full = full;
  }

  Object of(Class<?> type) {
    if (type == Phase.class) {
      return phase();
    }
    if (type == io.changeover.planner.core.Hop.class) {
      return hop();
    }
    if (type.isRecord()) {
      return newRecord(type);
    }
    if (type.isEnum()) {
      Object[] values = type.getEnumConstants();
      return values[random.nextInt(values.length)];
    }
    if (type.isSealed()) {
      Class<?>[] permitted = type.getPermittedSubclasses();
      return of(permitted[random.nextInt(permitted.length)]);
    }
    return simple(type);
  }

  private Object simple(Class<?> type) {
    if (type == String.class) {
      return "s" + random.nextInt(1000);
    }
    if (type == int.class) {
      return random.nextInt(1000);
    }
    if (type == long.class) {
      return random.nextLong();
    }
    if (type == boolean.class) {
      return random.nextBoolean();
    }
    if (type == Instant.class) {
      return Instant.ofEpochMilli(random.nextLong(2_000_000_000_000L));
    }
    if (type == Duration.class) {
      return Duration.ofMillis(random.nextInt(1_000_000));
    }
    throw new IllegalArgumentException("no way to make " + type);
  }

  private Object newRecord(Class<?> type) {
    RecordComponent[] components = type.getRecordComponents();
    Object[] values = Arrays.stream(components).map(this::value).toArray();
    Class<?>[] types =
        Arrays.stream(components).map(RecordComponent::getType).toArray(Class[]::new);
    try {
      Constructor<?> constructor = type.getDeclaredConstructor(types);
      constructor.setAccessible(true);
      return constructor.newInstance(values);
    } catch (ReflectiveOperationException e) {
      throw new IllegalArgumentException("no way to make " + type, e);
    }
  }

  private @Nullable Object value(RecordComponent component) {
    AnnotatedType annotated = component.getAnnotatedType();
    boolean nullable = annotated.isAnnotationPresent(Nullable.class);
    return nullable && !full ? null : of(component.getGenericType());
  }

  private Object of(Type type) {
    if (type instanceof ParameterizedType generic) {
      if (generic.getRawType() == List.class) {
        return list((Class<?>) generic.getActualTypeArguments()[0]);
      }
      if (generic.getRawType() == SortedMap.class) {
        return map();
      }
      throw new IllegalArgumentException("no way to make " + type);
    }
    return of((Class<?>) type);
  }

  private List<Object> list(Class<?> element) {
    List<Object> list = new ArrayList<>();
    for (int i = 0; i < (full ? 3 : 0); i++) {
      list.add(of(element));
    }
    return list;
  }

  private SortedMap<String, String> map() {
    SortedMap<String, String> map = new TreeMap<>();
    for (int i = 0; i < (full ? 3 : 0); i++) {
      map.put("k" + random.nextInt(100), "v" + i);
    }
    return map;
  }

  /// Some hops there are not: a db-less one that migrates, for instance.
  private Object hop() {
    while (true) {
      try {
        return newRecord(io.changeover.planner.core.Hop.class);
      } catch (IllegalArgumentException e) {
        if (!(e.getCause() instanceof java.lang.reflect.InvocationTargetException)) {
          throw e;
        }
      }
    }
  }

  private Phase phase() {
    return new Phase(
        "p" + random.nextInt(1000),
        (Action) of(Action.class),
        (Worker) of(Worker.class),
        full ? (Side) of(Side.class) : null,
        full ? (io.changeover.planner.core.Role) of(io.changeover.planner.core.Role.class) : null,
        full ? (io.changeover.planner.core.Shift) of(io.changeover.planner.core.Shift.class) : null,
        full ? "r" : null,
        Duration.ofMillis(random.nextInt(100_000)));
  }
}
