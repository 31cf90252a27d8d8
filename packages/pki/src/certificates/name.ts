import { AsnConvert } from '@peculiar/asn1-schema'
import { AttributeTypeAndValue, AttributeValue, Name, RelativeDistinguishedName } from '@peculiar/asn1-x509'

/** What ISO 15118 puts into a subject. */
export interface SubjectName {
  /** CN: the eMAID of a contract, the PCID of a provisioning certificate, the id of a station or an authority. */
  readonly commonName: string
  /** O */
  readonly organization?: string
  /** C: two letters. */
  readonly country?: string
  /** DC: `V2G`, `CPO`, `MO`, `OEM` or `CPS`: which branch of the hierarchy this is. */
  readonly domainComponent?: string
}

const OID = { commonName: '2.5.4.3', organization: '2.5.4.10', country: '2.5.4.6', domainComponent: '0.9.2342.19200300.100.1.25' } as const

const FIELDS: Readonly<Record<keyof SubjectName, (text: string) => AttributeValue>> = {
  commonName: (utf8String) => new AttributeValue({ utf8String }),
  organization: (utf8String) => new AttributeValue({ utf8String }),
  country: (printableString) => new AttributeValue({ printableString }),
  domainComponent: (ia5String) => new AttributeValue({ ia5String }),
}

/** A subject as X.501 has it: CN, O, C, DC in this order, those that are given. */
export const asnNameOf = (subject: SubjectName): Name => {
  const attributes = (Object.keys(FIELDS) as (keyof SubjectName)[]).flatMap((field) => {
    const text = subject[field]
    return text === undefined ? [] : [new AttributeTypeAndValue({ type: OID[field], value: FIELDS[field](text) })]
  })
  return new Name(attributes.map((attribute) => new RelativeDistinguishedName([attribute])))
}

/** The fields of a subject that ISO 15118 knows; the first of each. The common name is empty when there is none. */
export const subjectOf = (name: Name): SubjectName => {
  const attributes = name.flatMap((rdn) => [...rdn])
  const fields = (Object.keys(FIELDS) as (keyof SubjectName)[]).flatMap((field) => {
    const attribute = attributes.find(({ type }) => type === OID[field])
    return attribute === undefined ? [] : [[field, attribute.value.toString()] as const]
  })
  return { commonName: '', ...Object.fromEntries(fields) }
}

/** The DER of a name: what issuers and subjects are compared by. */
export const derOfName = (name: Name): Uint8Array => new Uint8Array(AsnConvert.serialize(name))
