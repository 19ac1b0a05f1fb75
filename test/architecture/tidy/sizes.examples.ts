import { type Examples } from '../check-rules';
import { type sizeRules } from './sizes';

const A = 'src/shared/a.ts';
const statements = (count: number) => 'work();\n'.repeat(count);

export const sizeExamples: Record<keyof typeof sizeRules, Examples> = {
  files: {
    red: [{ files: { [A]: statements(251) }, finds: [`${A}:1`] }],
    green: [{ [A]: statements(250) }],
  },
  functions: {
    red: [
      { files: { [A]: `function f() {\n${statements(49)}}` }, finds: [`${A}:1`] },
      { files: { [A]: `\nconst f = () => {\n${statements(49)}};` }, finds: [`${A}:2`] },
      { files: { [A]: `class A { m() {\n${statements(49)}} }` }, finds: [`${A}:1`] },
    ],
    green: [
      {
        [A]: `function f() {\n${statements(48)}}
          class A { @Post({\n${'\n'.repeat(60)}})\nm() {} }`,
      },
    ],
  },
  parameters: {
    red: [
      { files: { [A]: 'function f(a: A, b: B, c: C, d: D) {}' }, finds: [`${A}:1`] },
      { files: { [A]: 'interface X { m(a: A, b: B, c: C, d: D): void }' }, finds: [`${A}:1`] },
      { files: { [A]: 'class X { constructor(a: A, b: B, c: C, d: D) {} }' }, finds: [`${A}:1`] },
    ],
    green: [
      {
        [A]: `function f(a: A, b: B, c: C, ...d: D[]) {}
          @Injectable() class X { constructor(private a: A, private b: B, private c: C, private d: D) {} }
          class Y { @Get() list(@Param() a: A, @Query() b: B, @Who() c: C, @Base() d: D) {} }
          class Z { constructor(private a: A, private b: B, private c: C, private d: D) {} }
          const made = { useFactory: (a: A, b: B, c: C, d: D) => new Z(a, b, c, d) };
          app.use((a: A, b: B, c: C, d: D) => {});`,
      },
    ],
  },
  neighbours: {
    red: [
      { files: { [A]: 'const f = (from: string, to: string) => {};' }, finds: [`${A}:1`] },
      {
        files: { [A]: 'interface X { m(a: A, b: number, c?: number | null): void }' },
        finds: [`${A}:1`],
      },
    ],
    green: [
      {
        [A]: `function f(a: string, b: number, c: string) {}
          function g(prefix: IdPrefix, id: string) {}
          function refuse(pointer: string, detail: string) {}
          function isSame(a: string, b: string) {}
          names.sort((a: string, b: string) => 0);
          class Y { @Get() get(@Param('a') a: string, @Param('b') b: string) {} }`,
      },
    ],
  },
  dependencies: {
    red: [
      {
        files: {
          [A]: `@Injectable() class A { constructor(${[...'abcdefghij'].map((name) => `${name}: X`).join()}) {} }`,
        },
        finds: [`${A}:1`],
      },
    ],
  },
};
