/** The methods of a class, with the object that they are called on as their first parameter. */
type Loose<T, Name extends keyof T> = T[Name] extends (...given: infer Given) => infer Result
  ? (self: T, ...given: Given) => Result
  : never;

/** Replaces a method of a class for the whole process, before anybody makes an object of it. */
export function replaceMethod<T extends object, Name extends keyof T>(
  owner: { readonly prototype: T },
  name: Name,
  make: (original: Loose<T, Name>) => Loose<T, Name>,
): void {
  const method: unknown = Reflect.get(owner.prototype, name);
  if (typeof method !== 'function') throw new Error(`there is no ${String(name)} to replace`);
  const original = (self: T, ...given: unknown[]): unknown => Reflect.apply(method, self, given);
  const replacement = make(original as Loose<T, Name>);
  Reflect.set(owner.prototype, name, function (this: T, ...given: unknown[]): unknown {
    return Reflect.apply(replacement, null, [this, ...given]);
  });
}
