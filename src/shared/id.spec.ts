import fc from 'fast-check';
import { hexId, newId, readAnyId, readId, showId } from './id';

describe('ids', () => {
  it('are spelled as the TypeID specification spells them', () => {
    // The specification's own valid.json example.
    expect(showId('pay', '01890a5d-ac96-774b-bcce-b302099a8057')).toBe(
      'pay_01h455vb4pex5vsknk084sn02q',
    );
  });

  it('read back to the same UUID, whichever it is', () => {
    fc.assert(
      fc.property(fc.uuid(), (uuid) => {
        expect(readId('cus', showId('cus', uuid))).toBe(uuid);
      }),
    );
  });

  it('are the same for every spelling of a UUID', () => {
    fc.assert(
      fc.property(fc.uuid(), (uuid) => {
        const hex = hexId(uuid);
        const spellings = [uuid, hex, uuid.toUpperCase(), hex.toUpperCase()];
        expect(new Set(spellings.map((one) => showId('cus', one))).size).toBe(1);
      }),
    );
  });

  it('are new and in order', () => {
    const ids = Array.from({ length: 1000 }, newId);
    expect(new Set(ids).size).toBe(1000);
    expect([...ids].sort()).toEqual(ids);
  });

  it.each([
    'pay_',
    'pay_01h455vb4pex5vsknk084sn02',
    'pay_81h455vb4pex5vsknk084sn02q',
    'pay_01h455vb4pex5vsknk084sn0il',
    'PAY_01h455vb4pex5vsknk084sn02q',
    "pay_01h455vb4pex5vsknk084sn02q'",
    'cus_01h455vb4pex5vsknk084sn02q',
    '../../etc/passwd',
  ])('of another shape are no id: %s', (text) => {
    expect(readId('pay', text)).toBeNull();
  });

  it('may be given as the UUID itself where every spelling is welcome', () => {
    const uuid = '01890a5d-ac96-774b-bcce-b302099a8057';
    expect(readAnyId('pay', uuid)).toBe(uuid);
    expect(readAnyId('pay', hexId(uuid).toUpperCase())).toBe(uuid);
    expect(readAnyId('pay', showId('pay', uuid))).toBe(uuid);
    expect(readAnyId('pay', showId('cus', uuid))).toBeNull();
  });
});
