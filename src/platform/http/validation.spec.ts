import { IsOptional, IsString } from 'class-validator';
import { AppError } from '../../shared/app-error';
import { RequestValidation } from './validation';

class NameRequest {
  @IsOptional()
  @IsString()
  name?: string;
}

class CityRequest extends NameRequest {
  @IsOptional()
  @IsString()
  city?: string;
}

class NothingRequest {}

type RequestClass = typeof NameRequest | typeof NothingRequest;

interface Sent {
  readonly text: string;
  readonly to: RequestClass;
  readonly type?: 'body' | 'query';
}

async function errorsOf({ text, to, type = 'body' }: Sent): Promise<unknown> {
  try {
    await new RequestValidation().transform(JSON.parse(text), { type, metatype: to });
    return [];
  } catch (error) {
    if (error instanceof AppError) return error.context.errors;
    throw error;
  }
}

const unknown = (pointer: string): unknown =>
  expect.objectContaining({ pointer, code: 'unknown_field' });

describe('the validation of requests', () => {
  it.each(Object.getOwnPropertyNames(Object.prototype))(
    'refuses a field that every object has: %s',
    async (name) => {
      const text = `{"${name}": "x"}`;
      for (const to of [NameRequest, CityRequest, NothingRequest]) {
        expect(await errorsOf({ text, to })).toEqual([unknown(`/${name}`)]);
        expect(await errorsOf({ text, to, type: 'query' })).toEqual([unknown(`?${name}`)]);
      }
    },
  );

  it('takes the fields of a class and of the one that it extends', async () => {
    const text = '{"name": "Walter", "city": "Utrecht"}';
    expect(await errorsOf({ text, to: CityRequest })).toEqual([]);
    expect(await errorsOf({ text, to: NameRequest })).toEqual([unknown('/city')]);
  });

  it('reports fields that are unknown and fields that are wrong together', async () => {
    const text = '{"name": 5, "constructor": 1, "a/b~": 2}';
    expect(await errorsOf({ text, to: NameRequest })).toEqual([
      unknown('/constructor'),
      unknown('/a~1b~0'),
      expect.objectContaining({ pointer: '/name', code: 'is_string' }),
    ]);
  });

  it('knows a query again by its class and its text, and refuses a wrong one as often as it comes', async () => {
    const validation = new RequestValidation();
    const take = async (query: object, metatype: RequestClass) => {
      const taken: unknown = await validation.transform(query, { type: 'query', metatype });
      return taken;
    };
    for (let time = 1; time <= 3; time += 1) {
      const taken = await take({ name: 'Walter' }, NameRequest);
      expect(taken).toBeInstanceOf(NameRequest);
      expect(taken).toEqual({ name: 'Walter' });
      // What a handler does to its own is nobody else's.
      Object.assign(Object(taken), { name: 'Donny' });
      expect(await take({ name: 'Walter' }, CityRequest)).toBeInstanceOf(CityRequest);
      await expect(take({ name: 'Walter' }, NothingRequest)).rejects.toThrow('?name');
      await expect(take({ name: ['Walter'] }, NameRequest)).rejects.toThrow('?name');
      expect(await take({}, NameRequest)).toEqual({});
    }
  });
});
